// Files may be dropped anywhere on the page; it says how many were chosen, and that they are under way.
"use strict";

const zone = document.querySelector(".drop-zone");
const files = zone.querySelector("input[type=file]");
const chosen = zone.querySelector(".chosen");
zone.querySelector(".drop-hint").hidden = false;

const counted = () => `${files.files.length} ${files.files.length === 1 ? "file" : "files"}`;

function say() {
  chosen.textContent = files.files.length ? `${counted()} chosen.` : "";
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

document.getElementById("upload-form").addEventListener("submit", () => {
  chosen.textContent = `${counted()} on the way. Stay on this page until the next one comes.`;
});
// Come back to by the browser's own button, nothing is under way.
window.addEventListener("pageshow", say);
