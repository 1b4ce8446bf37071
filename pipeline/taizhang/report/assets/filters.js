// The controls of the filters but the lists: search, confidence, phases, and what is chosen as chips that can be taken off.

import { PHASES, records } from "./data.js";
import { phaseIcon } from "./bars.js";
import { FACETS, NONE, chosen, picks, searchFor, shownRecords, tally } from "./chosen.js";
import { el, node } from "./text.js";
import { chinese, counted, word } from "./words.js";

let changed = () => {};

/** Listen to the controls; `then` is called when the rows may be others. The count is busy until a search is done. */
export function listen(then) {
  changed = then;
  let waiting = 0;
  node("search").addEventListener("input", () => {
    node("shown").setAttribute("aria-busy", "true");
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      searchFor(node("search").value);
      changed();
      node("shown").removeAttribute("aria-busy");
    }, 120);
  });
  node("confidence").addEventListener("input", () => {
    chosen.confidence = Number(node("confidence").value);
    changed();
  });
  node("clear").addEventListener("click", clear);
  for (const name of ["exact", "copies"]) {
    node(name).addEventListener("click", () => {
      chosen[name] = !chosen[name];
      changed();
    });
  }
  node("filters").addEventListener("submit", (event) => event.preventDefault());
}

/** Look at everything again; how numbers are shown stays. */
export function clear() {
  for (const values of Object.values(picks)) values.clear();
  searchFor("");
  chosen.confidence = 0;
  changed();
}

/** Choose one value of a filter from elsewhere on the page. */
export function choose(name, value) {
  picks[name].clear();
  picks[name].add(value);
  changed();
}

/** Add a value, or take it off. */
export function toggle(name, value) {
  if (!picks[name].delete(value)) picks[name].add(value);
  changed();
}

/** Show what is chosen; what is being typed is let be. */
export function showChosen() {
  if (document.activeElement !== node("search")) node("search").value = chosen.search;
  node("confidence").value = String(chosen.confidence);
  node("floor").textContent = chosen.confidence.toFixed(2);
  node("exact").setAttribute("aria-pressed", String(chosen.exact));
  node("copies").setAttribute("aria-pressed", String(chosen.copies));
  node("copies").hidden = !records.some((record) => record.duplicate_of);
  fillPhases();
  fillChips();
}

/** What a value is called; what has none has a word of its own. */
export function nameOf(facet, value) {
  if (value !== NONE) return FACETS[facet].foreign ? chinese(FACETS[facet].name(value)) : FACETS[facet].name(value);
  return word("page", facet === "place" ? "no_place" : "none");
}

function fillChips() {
  const chips = Object.entries(picks).flatMap(([facet, values]) =>
    facet === "phase" ? [] : [...values].map((value) => chip(facet, value)),
  );
  node("chips").replaceChildren(...chips);
}

function chip(facet, value) {
  const off = word("filter", "off");
  return el(
    "button",
    { type: "button", class: "chip-off", "data-facet": facet, click: () => takeOff(facet, value) },
    el("span", { class: "of" }, word("filter", facet)),
    nameOf(facet, value),
    el("span", { "aria-hidden": "true" }, "✕"),
    el("span", { class: "unseen" }, off),
  );
}

function takeOff(facet, value) {
  toggle(facet, value);
  (node("chips").querySelector("button") ?? node("search")).focus();
}

/** The buttons for the phases, with the counts that each would show. */
function fillPhases() {
  const counts = tally(shownRecords("phase"), (record) => [record.phase]);
  const focused = node("phases").contains(document.activeElement) ? document.activeElement.dataset.phase : null;
  const buttons = PHASES.map((phase) =>
    el(
      "button",
      {
        type: "button",
        class: "toggle",
        "data-phase": phase,
        "aria-pressed": String(picks.phase.has(phase)),
        click: () => toggle("phase", phase),
      },
      phaseIcon(phase),
      el("span", {}, word("phase", phase)),
      el("span", { class: "count" }, counted(counts.get(phase) ?? 0)),
    ),
  );
  node("phases").replaceChildren(...buttons);
  if (focused) buttons.find((button) => button.dataset.phase === focused).focus();
}
