// Files may be dropped on the form, and it says how many were chosen.
"use strict";

const zone = document.querySelector(".drop-zone");
const files = zone.querySelector("input[type=file]");
const chosen = zone.querySelector(".chosen");
zone.querySelector(".drop-hint").hidden = false;

function say() {
  const count = files.files.length;
  chosen.textContent = count ? `${count} ${count === 1 ? "file" : "files"} chosen.` : "";
}

for (const name of ["dragenter", "dragover"]) {
  zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
}
zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  zone.classList.remove("is-over");
  files.files = event.dataTransfer.files;
  say();
});
files.addEventListener("change", say);
