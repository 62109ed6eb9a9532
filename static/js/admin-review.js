// The letter's page: the box of the field one is in is marked, and brought into view beside it.
"use strict";

const boxOf = new Map();
for (const box of document.querySelectorAll("[data-field]")) boxOf.set(box.dataset.field, box);

function mark(box, bringIntoView) {
  for (const other of boxOf.values()) other.classList.toggle("is-current", other === box);
  if (!box || !bringIntoView) return;
  const pages = document.querySelector(".review-pages");
  // Only the column of pages is moved, and only where it is a column of its own.
  if (pages.scrollHeight <= pages.clientHeight) return;
  const { top, height } = box.getBoundingClientRect();
  pages.scrollBy({ top: top + height / 2 - pages.getBoundingClientRect().top - pages.clientHeight / 2 });
}

document.addEventListener("focusin", ({ target }) => {
  if (boxOf.has(target.id)) mark(boxOf.get(target.id), true);
  else if (target.dataset?.field) mark(target, false);
});

for (const link of document.querySelectorAll(".mark")) {
  link.addEventListener("click", (event) => {
    const box = document.getElementById(link.hash.slice(1));
    const pages = document.querySelector(".review-pages");
    if (!box || pages.scrollHeight <= pages.clientHeight) return;
    event.preventDefault();
    mark(box, true);
  });
}

// A link to a field goes into the field.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-problem], [data-field]");
  const field = link && document.querySelector(`#review-form [id="${(link.hash ?? link.getAttribute("href")).slice(1)}"]`);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select?.();
});

// One key goes through the open problems in turn.
const problems = [...document.querySelectorAll("[data-problem]")];
if (problems.length) {
  const jump = document.querySelector(".jump-key");
  if (jump) jump.hidden = false;
  problems[0].accessKey = "j";
  problems.forEach((link, at) =>
    link.addEventListener("click", () => {
      link.accessKey = "";
      problems[(at + 1) % problems.length].accessKey = "j";
    }),
  );
}
