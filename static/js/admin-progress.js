// What came of the upload is looked at again until everything has been read.
"use strict";

const PAUSE = 2000;

async function lookAgain() {
  const rows = document.getElementById("progress-rows");
  if (rows.dataset.waiting === "0") return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    // Signed out meanwhile, or the site is away: the page stays as it is, with its link to look again.
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    replace(page, "progress-rows");
    replaceText(page, "progress-status");
  } catch {
    // The network is away for a moment.
  }
  setTimeout(lookAgain, PAUSE);
}

function replace(page, id) {
  const fresh = page.getElementById(id);
  const shown = document.getElementById(id);
  if (shown.contains(document.activeElement)) {
    shown.dataset.waiting = fresh.dataset.waiting;
    if (fresh.dataset.waiting !== "0") return;
  }
  shown.replaceWith(fresh);
}

function replaceText(page, id) {
  const shown = document.getElementById(id);
  const text = page.getElementById(id).textContent.trim();
  // Only a change is announced.
  if (shown.textContent.trim() !== text) shown.textContent = text;
}

setTimeout(lookAgain, PAUSE);
