// Swagger UI, from this site and only when it is asked for: it is large, and the page says everything without it.
"use strict";

const place = document.getElementById("try");
place.hidden = false;
const button = place.querySelector("button");
button.addEventListener("click", () => {
  button.disabled = true;
  const styles = place.dataset.styles
    .split(" ")
    .map((href) => Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  const script = document.createElement("script");
  script.src = place.dataset.script;
  script.addEventListener("load", () => {
    button.remove();
    SwaggerUIBundle({
      url: place.dataset.schema,
      domNode: place.querySelector("div"),
      presets: [SwaggerUIBundle.presets.apis],
      layout: "BaseLayout",
      validatorUrl: null,
      docExpansion: "list",
      defaultModelsExpandDepth: 0,
      supportedSubmitMethods: ["get"],
      // Its colours are too pale to be read, and a page of a thousand rows takes long to colour.
      syntaxHighlight: { activated: false },
    });
  });
  script.addEventListener("error", () => {
    button.disabled = false;
    button.textContent = "It could not be loaded. Try again";
  });
  document.head.append(...styles, script);
});
