// Swagger UI, from this site and only when it is asked for: it is large, and the page says everything without it.
"use strict";

const place = document.getElementById("try");
place.hidden = false;
const button = place.querySelector("button");
button.addEventListener("click", () => {
  button.disabled = true;
  const style = document.createElement("link");
  Object.assign(style, { rel: "stylesheet", href: place.dataset.style });
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
    });
  });
  script.addEventListener("error", () => {
    button.disabled = false;
    button.textContent = "It could not be loaded. Try again";
  });
  document.head.append(style, script);
});
