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
  const failed = () => {
    button.disabled = false;
    button.textContent = "It could not be loaded. Try again";
  };
  script.addEventListener("load", () => show().catch(failed));
  script.addEventListener("error", failed);
  document.head.append(...styles, script);
});

async function show() {
  const answer = await fetch(place.dataset.schema);
  if (!answer.ok) throw new Error(answer.statusText);
  SwaggerUIBundle({
    spec: unfilled(await answer.json()),
    domNode: place.querySelector("div"),
    presets: [SwaggerUIBundle.presets.apis],
    plugins: [named],
    layout: "BaseLayout",
    validatorUrl: null,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    supportedSubmitMethods: ["get"],
    // Its colours are too pale to be read, and a page of a thousand rows takes long to colour.
    syntaxHighlight: { activated: false },
  });
  button.remove();
}

// The choice among examples of an answer has no label of its own.
function named() {
  const labelled = (Choice, { React }) => (props) => {
    const name = React.createElement("span", { className: "govuk-visually-hidden" }, "Example of this answer");
    return React.createElement("label", {}, name, React.createElement(Choice, props));
  };
  return { wrapComponents: { ExamplesSelect: labelled } };
}

// Examples are filled in as if they had been asked for, and nothing is left by all filters at once: they are told.
function unfilled(schema) {
  for (const { get } of Object.values(schema.paths)) {
    for (const parameter of get.parameters.filter((each) => !each.required && "example" in each)) {
      parameter.description += ` Such as ${parameter.example}.`;
      delete parameter.example;
    }
  }
  return schema;
}
