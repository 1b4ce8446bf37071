// The filters with lists: each a button that opens its values, with counts, and with a search where they are many.

import { places, records, rejects } from "./data.js";
import { FACETS, NONE, compare, picks, shownRecords, shownRejects, tally } from "./chosen.js";
import { nameOf, toggle } from "./filters.js";
import { el, node } from "./text.js";
import { counted, word } from "./words.js";

const SEARCHED = 12; // values from which on there is a search
const LISTED = 200; // values that are shown at once
const LISTS = Object.keys(FACETS).filter((name) => name !== "phase");
let open = null; // the name of the list that is open

/** Make the buttons anew, in the language of the page. */
export function fillFacets() {
  open = null;
  node("facets").replaceChildren(...LISTS.map(facet));
  showPicked();
}

export function listenToFacets() {
  document.addEventListener("pointerdown", (event) => {
    if (open && !boxOf(open).contains(event.target)) shut();
  });
  node("facets").addEventListener("focusout", ({ relatedTarget }) => {
    if (open && relatedTarget && !boxOf(open).contains(relatedTarget)) shut();
  });
  node("facets").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    const button = boxOf(open).querySelector("button");
    shut();
    button.focus();
  });
}

/** Say on each button how many values are chosen. */
export function showPicked() {
  for (const name of LISTS) {
    const count = boxOf(name).querySelector(".picked");
    count.textContent = picks[name].size ? counted(picks[name].size) : "";
    count.hidden = !picks[name].size;
    for (const box of boxOf(name).querySelectorAll("input[type=checkbox]")) box.checked = picks[name].has(box.value);
  }
}

const boxOf = (name) => node(`facet-${name}`);

function facet(name) {
  const panel = el("div", { class: "panel", id: `panel-${name}`, hidden: true });
  const button = el(
    "button",
    { type: "button", "aria-expanded": "false", "aria-controls": `panel-${name}`, click: () => (open === name ? shut() : show(name)) },
    word("filter", name),
    el("span", { class: "picked count" }),
  );
  return el("div", { class: `facet of-${FACETS[name].of}`, id: `facet-${name}` }, button, panel);
}

function shut() {
  const box = boxOf(open);
  open = null;
  box.querySelector("button").setAttribute("aria-expanded", "false");
  box.querySelector(".panel").hidden = true;
}

function show(name) {
  if (open) shut();
  open = name;
  const box = boxOf(name);
  const panel = box.querySelector(".panel");
  box.querySelector("button").setAttribute("aria-expanded", "true");
  const values = valuesOf(name);
  const list = el("div", { class: "values", role: "group", "aria-label": word("filter", name) });
  const fill = (part) => list.replaceChildren(...valuesListed(name, values, part));
  const search =
    values.length < SEARCHED
      ? null
      : el("input", { type: "search", "aria-label": word("filter", "find"), placeholder: word("filter", "find"), autocomplete: "off" });
  search?.addEventListener("input", () => fill(search.value.trim().toLowerCase()));
  panel.replaceChildren(...[search, list].filter(Boolean));
  panel.hidden = false;
  fill("");
  panel.querySelector("input")?.focus();
}

function valuesListed(name, values, part) {
  const fitting = values.filter((value) => !part || value.said.includes(part));
  const first = [...fitting.slice(0, LISTED), ...fitting.slice(LISTED).filter(({ key }) => picks[name].has(key))];
  const rest = fitting.length - first.length;
  const more = rest ? [el("p", { class: "note" }, word("filter", "rest", { n: counted(rest) }))] : [];
  const none = fitting.length ? [] : [el("p", { class: "note" }, word("filter", "nothing"))];
  return [...first.map((value) => valueChoice(name, value)), ...more, ...none];
}

function valueChoice(name, { key, count, depth }) {
  const box = el("input", { type: "checkbox", checked: picks[name].has(key), change: () => toggle(name, key) });
  box.value = key; // whatever it is, also what is empty
  const inset = depth ? "\u3000".repeat(depth) : null;
  return el("label", {}, box, el("span", { class: "name" }, inset, nameOf(name, key)), el("span", { class: "count" }, counted(count)));
}

/** The values of a filter with how many rows each would show, of those that the other filters let through. */
function valuesOf(name) {
  const { of, keys } = FACETS[name];
  const reading = of === "rejects" || (of === "all" && node("view").dataset.view === "rejects");
  const counts = tally(reading ? rejects : records, (row) => [...keys(row)].map((key) => key));
  const now = tally(reading ? shownRejects(name) : shownRecords(name), keys);
  const made = [...counts.keys()].map((key) => ({
    key,
    count: now.get(key) ?? 0,
    depth: name === "place" && key ? key.split("/").length - 1 : 0,
    said: `${key === NONE ? "" : key} ${nameOf(name, key)?.textContent ?? nameOf(name, key)}`.toLowerCase(),
  }));
  return made.sort(name === "place" ? byCode() : name === "time" ? (a, b) => compare(b.key, a.key) : byCount);
}

const byCount = (a, b) => b.count - a.count || compare(a.key, b.key);

/** Every place and what it lies in, each under the one above it. */
function byCode() {
  const codes = new Map([[NONE, ""]]);
  for (const place of places) {
    for (const key of place.within) {
      if (key === NONE) continue;
      // A place is listed by its own code; where only places in it are told of, by the lowest of theirs.
      const short = place.code.slice(0, { 1: 2, 2: 4 }[key.split("/").length] ?? 6).padEnd(6, "0");
      if (!codes.has(key) || short < codes.get(key)) codes.set(key, short);
    }
  }
  return (a, b) => compare(codes.get(a.key), codes.get(b.key)) || compare(a.key, b.key);
}
