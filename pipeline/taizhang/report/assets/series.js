// One indicator by place and year, and all indicators by place: tables with a bar behind each number.

import { compare, indicatorName, tally } from "./chosen.js";
import { byPlace, placeButton } from "./amounts.js";
import { read } from "./evidence.js";
import { choose } from "./filters.js";
import { el, svg } from "./text.js";
import { chinese, counted, word } from "./words.js";

const OPTIONS = 200; // indicators that can be chosen
const [ROWS, YEARS] = [20, 8]; // of the table of one
const [WHAT, WHERE] = [25, 8]; // of the table of all

// What has no indicator is told by its metric; the unit belongs to it, for what has another cannot be compared.
const whatOf = (record) => `${record.indicator ? "i" : "m"}\n${record.indicator ?? record.metric}\n${record.unit}`;

function whatName(what) {
  const [kind, name, unit] = what.split("\n");
  return `${kind === "i" ? indicatorName(name) : name}${unit && ` · ${unit}`}`;
}

/** What can be chosen: indicators before metrics and amounts before ratios, those with the most records first. */
export function seriesOptions(records) {
  const dated = records.filter((record) => yearsTold(record).length);
  const ratios = new Set(dated.filter((record) => record.kind === "ratio").map(whatOf));
  const rank = (what) => (what.startsWith("i") ? 0 : ratios.has(what) ? 2 : 1);
  const counts = [...tally(dated, (record) => [whatOf(record)])];
  counts.sort(([a, m], [b, n]) => rank(a) - rank(b) || n - m || compare(a, b));
  return counts.slice(0, OPTIONS).map(([what, n]) => [what, `${whatName(what)} (${counted(n)})`]);
}

/** The year that a record is of; one of several years is of none. */
function yearsTold(record) {
  const [first, last] = (record.time ?? "").split("/").map((part) => part.slice(0, 4));
  return /^\d{4}$/.test(first) && (!last || last === first) ? [first] : [];
}

/** What several records say of one thing: their lowest and highest value, never a sum. */
function spread(records) {
  const order = [...records].sort((a, b) => a.number - b.number);
  return { low: order[0], high: order.at(-1), count: records.length };
}

function spreadCell({ low, high, count }) {
  const text = low.value === high.value ? read(low.value).text : `${read(low.value).text}–${read(high.value).text}`;
  const title = `${word("charts", "of_records", { n: counted(count) })} ${low.value === high.value ? low.value : `${low.value}–${high.value}`}`;
  return el("span", { title }, text);
}

/** A number with a bar behind it, as long as it is large. */
function barCell(found, most) {
  if (!found) return "";
  const width = most > 0 ? Math.max(0, (found.high.number / most) * 100) : 0;
  const bar = svg("svg", { viewBox: "0 0 100 4", preserveAspectRatio: "none", class: "under", "aria-hidden": "true" }, svg("rect", { x: 0, y: 0, width, height: 4, class: "level" }));
  return [spreadCell(found), bar];
}

export function seriesTable(records, { series, level }, open) {
  const taken = records.filter((record) => whatOf(record) === series && yearsTold(record).length);
  const years = [...new Set(taken.flatMap(yearsTold))].sort().slice(-YEARS);
  const groups = [...byPlace(taken, level)].map(([key, found]) => ({
    key,
    years: years.map((year) => found.filter((record) => yearsTold(record)[0] === year)),
  }));
  const told_ = (group) => group.years.filter((found) => found.length).length;
  const top = (group) => Math.max(...group.years.flat().map((record) => record.number), 0);
  groups.sort((a, b) => told_(b) - told_(a) || top(b) - top(a) || compare(a.key, b.key));
  if (!groups.length) return el("p", { class: "nothing" }, word("charts", "nothing"));
  const most = Math.max(...groups.map(top));
  const rows = groups.slice(0, ROWS).map((group) => [
    placeButton(group.key),
    ...group.years.map((found) => (found.length ? barCell(spread(found), most) : "")),
  ]);
  const opened = [...taken].sort((a, b) => a.confidence - b.confidence)[0];
  const least = el("button", { type: "button", class: "plain", click: () => open(opened) }, word("charts", "least_sure"));
  return [grid(word("charts", "series"), [word("table", "place"), ...years], rows), el("p", { class: "note" }, least)];
}

export function crossTable(records, { level }) {
  const placed = byPlace(records.filter((record) => record.place.name), level);
  const places = [...placed].sort(([a, x], [b, y]) => y.length - x.length || compare(a, b)).slice(0, WHERE);
  const counts = tally(places.flatMap(([, found]) => found), (record) => [whatOf(record)]);
  const spreadOver = (what) => places.filter(([, found]) => found.some((record) => whatOf(record) === what)).length;
  const wide = [...counts].map(([what, n]) => [what, n, spreadOver(what)]);
  wide.sort(([a, m, x], [b, n, y]) => y - x || Number(b.startsWith("i")) - Number(a.startsWith("i")) || n - m || compare(a, b));
  if (!wide.length) return el("p", { class: "nothing" }, word("charts", "nothing"));
  const rows = wide.slice(0, WHAT).map(([what]) => [
    whatButton(what),
    ...places.map(([, found]) => {
      const of = found.filter((record) => whatOf(record) === what);
      return of.length ? spreadCell(spread(of)) : "";
    }),
  ]);
  const heads = [word("charts", "what"), ...places.map(([key]) => chinese(key.split("/").at(-1), { title: key.replaceAll("/", "") }))];
  return grid(word("charts", "cross"), heads, rows);
}

function whatButton(what) {
  const [kind, name, unit] = what.split("\n");
  if (kind !== "i") return chinese(whatName(what));
  return el("button", { type: "button", class: "plain", click: () => choose("indicator", name) }, indicatorName(name), unit && [" · ", chinese(unit)]);
}

function grid(caption, heads, rows) {
  const head = heads.map((name) => el("th", { scope: "col" }, name));
  const lines = rows.map(([first, ...cells]) => el("tr", {}, el("th", { scope: "row" }, first), cells.map((cell) => el("td", {}, cell))));
  const table = el("table", { class: "grid" }, el("caption", { class: "unseen" }, caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, lines));
  return el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": word("charts", "table_of", { what: caption }) }, table);
}
