// Puts a "Copy" button after each text that says what it is in data-copy. Without this script the texts can be
// selected as any other.
"use strict";

const said = document.createElement("p");
said.className = "govuk-visually-hidden";
said.setAttribute("role", "status");
document.querySelector("main").append(said);

function select(text) {
  const range = document.createRange();
  range.selectNodeContents(text);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

// A table goes along as a table where it is pasted into a document, and as lines with tabs elsewhere.
function write(text) {
  if (text.tagName !== "TABLE") {
    return navigator.clipboard.writeText(text.textContent);
  }
  const plain = document.querySelector("[data-copy='the table as text']").textContent;
  return navigator.clipboard.write([
    new ClipboardItem({
      "text/html": new Blob([text.outerHTML], { type: "text/html" }),
      "text/plain": new Blob([plain], { type: "text/plain" }),
    }),
  ]);
}

// Browsers that keep the clipboard from pages may still copy what is selected.
async function copied(text) {
  try {
    await write(text);
    return true;
  } catch {
    select(text);
    return document.execCommand("copy");
  }
}

for (const text of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "taking__copy";
  const what = document.createElement("span");
  what.className = "govuk-visually-hidden";
  what.textContent = ` ${text.dataset.copy}`;
  const word = document.createTextNode("Copy");
  button.append(word, what);
  button.addEventListener("click", async () => {
    const done = await copied(text);
    word.data = done ? "Copied" : "Selected";
    said.textContent = done
      ? `Copied: ${text.dataset.copy}.`
      : "This browser does not let the page copy. The text is selected: copy it with your browser.";
    setTimeout(() => (word.data = "Copy"), 3000);
  });
  text.after(button);
}
