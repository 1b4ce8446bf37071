// The filters: what is searched for and chosen, the controls for it, and the rows that pass.

import { PHASES, haystack, places, records, rejects } from "./data.js";
import { phaseIcon } from "./bars.js";
import { el, node } from "./text.js";
import { counted, word } from "./words.js";

const NOWHERE = "-";
export const chosen = { words: [], place: "", kind: "", phases: new Set(), confidence: 0, reason: "" };
let changed = () => {};

for (const place of places) {
  place.within = new Set(place.parts.map((_, n) => place.parts.slice(0, n + 1).join("/")));
  if (!place.parts.length) place.within.add(NOWHERE);
}

const found = (row) => chosen.words.every((part) => haystack(row).includes(part));

/** The records that pass; `but` names a filter that is not looked at. */
export function shownRecords(but = "") {
  return records.filter(
    (record) =>
      (!chosen.place || record.place.within.has(chosen.place)) &&
      (!chosen.kind || record.kind === chosen.kind) &&
      (but === "phases" || !chosen.phases.size || chosen.phases.has(record.phase)) &&
      record.confidence >= chosen.confidence &&
      found(record),
  );
}

/** The rejections that pass. */
export function shownRejects(but = "") {
  return rejects.filter(
    (reject) => (but === "reason" || !chosen.reason || reject.reason === chosen.reason) && found(reject),
  );
}

/** Listen to the controls; `then` is called when the rows may be others. The count is busy until a search is done. */
export function listen(then) {
  changed = then;
  let waiting = 0;
  node("search").addEventListener("input", () => {
    node("shown").setAttribute("aria-busy", "true");
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      read();
      node("shown").removeAttribute("aria-busy");
    }, 120);
  });
  for (const id of ["place", "kind", "reason"]) node(id).addEventListener("change", read);
  node("confidence").addEventListener("input", read);
  node("clear").addEventListener("click", clear);
  node("filters").addEventListener("submit", (event) => event.preventDefault());
}

function read() {
  chosen.words = node("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  chosen.place = node("place").value;
  chosen.kind = node("kind").value;
  chosen.reason = node("reason").value;
  chosen.confidence = Number(node("confidence").value);
  node("floor").textContent = chosen.confidence.toFixed(2);
  changed();
}

/** Look at everything again. */
export function clear() {
  chosen.phases.clear();
  for (const id of ["search", "place", "kind", "reason"]) node(id).value = "";
  node("confidence").value = "0";
  read();
}

/** Choose a place, or a reason, from elsewhere on the page. */
export function choose(control, value) {
  node(control).value = value;
  read();
}

/** Fill the lists of choices in the language of the page, and keep what is chosen. */
export function fillChoices() {
  fill("place", placeChoices(), chosen.place);
  fill("kind", choices(records, "kind"), chosen.kind);
  fill("reason", choices(rejects, "reason"), chosen.reason);
  node("floor").textContent = chosen.confidence.toFixed(2);
}

function fill(id, options, value) {
  const all = el("option", { value: "" }, word("filter", "all"));
  const made = options.map(([key, label, n]) => el("option", { value: key }, `${label} (${counted(n)})`));
  node(id).replaceChildren(all, ...made);
  node(id).value = value;
}

function choices(rows, field) {
  const counts = tally(rows, (row) => [row[field]]);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([key, n]) => [key, word(field, key), n]);
}

/** Every place and what it lies in, each under the one above it. */
function placeChoices() {
  const counts = tally(records, (record) => record.place.within);
  const codes = new Map();
  for (const place of places) for (const key of place.within) noteCode(codes, key, place.code);
  const order = ([a], [b]) => compare(codes.get(a), codes.get(b)) || compare(a, b);
  return [...counts].sort(order).map(([key, n]) => {
    if (key === NOWHERE) return [key, word("page", "no_place"), n];
    const parts = key.split("/");
    return [key, "\u3000".repeat(parts.length - 1) + parts.at(-1), n];
  });
}

/** A place is listed by its own code; where only places in it are told of, by the lowest of theirs. */
function noteCode(codes, key, code) {
  const depth = { 1: 2, 2: 4 }[key.split("/").length] ?? 6;
  const short = code.slice(0, depth).padEnd(6, "0");
  if (!codes.has(key) || short < codes.get(key)) codes.set(key, short);
}

export const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** How often each key comes. */
export function tally(rows, keysOf) {
  const counts = new Map();
  for (const row of rows) for (const key of keysOf(row)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The buttons for the phases, with the counts that each would show. */
export function fillPhases() {
  const counts = tally(shownRecords("phases"), (record) => [record.phase]);
  const focused = node("phases").contains(document.activeElement) ? document.activeElement.dataset.phase : null;
  const buttons = PHASES.map((phase) =>
    el(
      "button",
      {
        type: "button",
        class: "toggle",
        "data-phase": phase,
        "aria-pressed": String(chosen.phases.has(phase)),
        click: () => toggle(phase),
      },
      phaseIcon(phase),
      el("span", {}, word("phase", phase)),
      el("span", { class: "count" }, counted(counts.get(phase) ?? 0)),
    ),
  );
  node("phases").replaceChildren(...buttons);
  if (focused) buttons.find((button) => button.dataset.phase === focused).focus();
}

function toggle(phase) {
  if (!chosen.phases.delete(phase)) chosen.phases.add(phase);
  changed();
}
