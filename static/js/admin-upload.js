// Files may be dropped anywhere on the page; it says how many were chosen, whether they are too many, and that they are
// under way.
"use strict";

const form = document.getElementById("upload-form");
const zone = document.querySelector(".drop-zone");
const files = zone.querySelector("input[type=file]");
const chosen = zone.querySelector(".chosen");
zone.querySelector(".drop-hint").hidden = false;

const counted = () => `${files.files.length} ${files.files.length === 1 ? "file" : "files"}`;

// The server refuses it as well, but before it has taken all in, which some browsers show as a broken connection.
function isTooMuch() {
  const bytes = [...files.files].reduce((sum, file) => sum + file.size, 0);
  return files.files.length > Number(form.dataset.mostFiles) || bytes > Number(form.dataset.mostBytes);
}

function say() {
  const refused = isTooMuch() ? form.dataset.tooMuch : "";
  files.setCustomValidity(refused);
  chosen.textContent = files.files.length ? `${counted()} chosen. ${refused}` : "";
}

// Beside the zone, too: a browser would leave the page and open the file.
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) zone.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  zone.classList.remove("is-over");
  // What was chosen before stays chosen.
  const all = new DataTransfer();
  for (const file of [...files.files, ...event.dataTransfer.files]) all.items.add(file);
  files.files = all.files;
  say();
});
files.addEventListener("change", say);

// Pressed again, a browser would send all of it again, and show of each file only that it has been received already.
let underWay = false;
form.addEventListener("submit", (event) => {
  if (underWay) event.preventDefault();
  chosen.textContent = underWay
    ? `${counted()} still on the way. If you have stopped them, reload this page and choose them again.`
    : `${counted()} on the way. Stay on this page until the next one comes.`;
  underWay = true;
});
// Come back to by the browser's own button, nothing is under way.
window.addEventListener("pageshow", () => {
  underWay = false;
  say();
});
