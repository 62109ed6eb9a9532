// Suggestions below a search field as one types. Without this script the field is a plain form that finds the same.
"use strict";

const PAUSE = 150;
const FEWEST = 2;

// No name has a digit. A postcode, or a part of one, is never sent while it is being typed.
const NUMBERED = /\d/;
const GSS_CODE = /^\s*e\d{4,8}\s*$/i;

const mayBeSent = (query) => !NUMBERED.test(query) || GSS_CODE.test(query);

const HOW_TO =
  "When suggestions come up, use the up and down arrows to go through them, and Enter to go to one. " +
  "On a touch screen, explore by touch or swipe.";

const escaped = (text) => Object.assign(document.createElement("i"), { textContent: text }).innerHTML;

// What is appended to it on iPhones has an inline style, which this site's policy refuses: the comment takes it in.
const shown = ({ name, note, near }) =>
  `${near ? '<small class="suggest__near">Did you mean </small>' : ""}${escaped(name)}` +
  `<small class="suggest__note">${escaped(note)}</small><!--`;

function asking(address, input) {
  let waiting;
  let going = new AbortController();
  const stop = () => {
    clearTimeout(waiting);
    going.abort();
  };
  const ask = (query, populate) => {
    stop();
    going = new AbortController();
    const { signal } = going;
    if (document.activeElement !== input() || !mayBeSent(query)) return populate([]);
    waiting = setTimeout(async () => {
      const found = await suggestions(address, query.trim(), signal);
      if (!signal.aborted && document.activeElement === input()) populate(found);
    }, PAUSE);
  };
  return { ask, stop };
}

async function suggestions(address, query, signal) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams({ q: query })}`, { signal });
    return answer.ok ? (await answer.json()).suggestions : [];
  } catch {
    // Typing went on, or the network is away: the form works without suggestions.
    return [];
  }
}

function suggestIn(search) {
  const plain = search.querySelector("input");
  const place = document.createElement("div");
  place.className = "suggest";
  const described = (plain.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id));
  plain.replaceWith(place);
  const input = () => document.getElementById(plain.id);
  const { ask, stop } = asking(search.dataset.suggests, input);
  accessibleAutocomplete({
    element: place,
    id: plain.id,
    name: plain.name,
    minLength: FEWEST,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    displayMenu: "overlay",
    inputClasses: plain.className,
    cssNamespace: "suggest",
    source: ask,
    templates: { inputValue: (option) => option?.name ?? "", suggestion: shown },
    onConfirm: (option) => option && location.assign(search.dataset.goesTo.replace("any-council", option.slug)),
    tAssistiveHint: () => [...described.filter(Boolean).map((each) => each.textContent), HOW_TO].join(" "),
    tStatusNoResults: () => "No suggestions. Press Enter to search.",
  });
  Object.assign(input(), { value: plain.value, maxLength: plain.maxLength, spellcheck: false, enterKeyHint: "search" });
  // The list asks nothing for a field that is nearly empty, and forgets no question when it is closed.
  input().addEventListener("input", () => input().value.length < FEWEST && stop());
  const error = plain.getAttribute("aria-describedby")?.split(" ").find((id) => id.endsWith("-error"));
  // Once something is typed the list takes away what describes the field.
  const tied = () => setTimeout(() => input()?.value && input().setAttribute("aria-describedby", error));
  if (error) {
    input().setAttribute("aria-invalid", "true");
    input().addEventListener("input", tied);
    tied();
  }
  // The list takes Enter for itself even when nothing in it is chosen.
  input().addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      input().form.requestSubmit();
    }
  });
}

document.querySelectorAll("[data-suggests]").forEach(suggestIn);
