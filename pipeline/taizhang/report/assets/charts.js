// The charts of the records that the filters let through.

import { PHASES } from "./data.js";
import { barTable, opposedBars, phaseIcon, stackedBar } from "./bars.js";
import { grouped, sum } from "./decimal.js";
import { phaseChip, titleOf, valueOf } from "./evidence.js";
import { choose, compare, tally } from "./filters.js";
import { el, node } from "./text.js";
import { period, timeTable, timeline } from "./timeline.js";
import { chinese, counted, word } from "./words.js";

const PLACES = 15; // that have a bar of their own
const METRICS = 200; // that can be chosen
const LEVELS = ["province", "city", "county", "place"];
const ADDS_UP = new Set(["count", "money", "length", "area", "volume", "weight"]);
const picked = { level: "city", measure: "records", metric: "" };
let shown = [];
let open = () => {};

/** Draw the charts of these records; `then` opens one. */
export function showCharts(records, then) {
  [shown, open] = [records, then];
  node("charts").replaceChildren(
    card("phases", phasesChart(), control("level", LEVELS.map((level) => [level, word("by", level)]))),
    card("balance", ...balance()),
    card("times", ...times()),
  );
}

function again(name) {
  showCharts(shown, open);
  document.querySelector(`#charts [data-choice="${name}"]`).focus();
}

function card(name, inside, ...controls) {
  const title = `chart-${name}`;
  const count = shown.filter((record) => !record.time).length;
  return el(
    "section",
    { class: `card ${name}`, "aria-labelledby": title },
    el("div", { class: "head" }, el("h2", { id: title }, word("charts", name)), controls),
    inside,
    el("p", { class: "note" }, word("charts", `${name}_note`, { n: counted(count) })),
  );
}

function control(name, options) {
  const select = el("select", { "data-choice": name }, options.map(option));
  select.value = picked[name];
  select.addEventListener("change", () => {
    picked[name] = select.value;
    again(name);
  });
  return el("label", {}, word("charts", name), select);
}

function option([value, label, inner]) {
  if (Array.isArray(inner)) return el("optgroup", { label }, inner.map(option));
  return el("option", { value }, label);
}

/** The place of a record as far down as the level chosen. */
function placeKey(record) {
  const depth = LEVELS.indexOf(picked.level) + 1;
  return record.place.steps.slice(0, depth).filter(Boolean).join("/");
}

function placeButton(key) {
  if (!key) return el("span", { class: "none" }, word("page", "no_place"));
  return el("button", { type: "button", class: "plain", click: () => choose("place", key) }, chinese(key.replaceAll("/", "")));
}

function byPlace(records) {
  const groups = new Map();
  for (const record of records) {
    const key = placeKey(record);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(record);
  }
  return groups;
}

function phasesChart() {
  const groups = [...byPlace(shown)].sort(([a, x], [b, y]) => y.length - x.length || compare(a, b));
  const most = Math.max(1, ...groups.slice(0, PLACES).map(([, records]) => records.length));
  const rows = groups.slice(0, PLACES).map(([key, records]) => {
    const counts = tally(records, (record) => [record.phase]);
    const parts = PHASES.filter((phase) => counts.has(phase)).map((phase) => [
      phase,
      counts.get(phase),
      `${word("phase", phase)} ${counted(counts.get(phase))}`,
    ]);
    return [placeButton(key), stackedBar(parts, most), counted(records.length)];
  });
  const rest = groups.slice(PLACES);
  if (rest.length) {
    const count = rest.reduce((total, [, records]) => total + records.length, 0);
    rows.push([el("span", { class: "none" }, word("charts", "rest", { n: counted(rest.length) })), "", counted(count)]);
  }
  const heads = [word("table", "place"), word("charts", "bar"), word("charts", "total")];
  const legend = el("p", { class: "legend" }, PHASES.map((phase) => phaseChip(phase)));
  return [legend, barTable(word("charts", "phases"), heads, rows, "stacked")];
}

/** Quantities that may be added: no part beside its total in the same phase. */
function additive() {
  const phases = new Map(shown.map((record) => [record.id, record.phase]));
  return shown.filter(
    (record) => ADDS_UP.has(record.kind) && !(record.part_of && phases.get(record.part_of) === record.phase),
  );
}

function balance() {
  const measured = shown.filter((record) => record.phase === "problem" || record.phase === "result");
  const adding = additive().filter((record) => record.phase === "problem" || record.phase === "result");
  const units = [...tally(adding, (record) => [`${record.kind} ${record.unit}`])].sort((a, b) => b[1] - a[1]);
  const options = units.map(([key]) => [key, word("charts", "sum", { unit: unitOf(key) })]);
  if (!units.some(([key]) => key === picked.measure)) picked.measure = "records";
  const counting = picked.measure === "records";
  const taken = counting ? measured : adding.filter((record) => `${record.kind} ${record.unit}` === picked.measure);
  const amount = (records) => (counting ? String(records.length) : sum(records.map((record) => record.value)));
  const sides = [...byPlace(taken)].map(([key, records]) => {
    const [problem, result] = ["problem", "result"].map((phase) => records.filter((r) => r.phase === phase));
    return { key, problem: amount(problem), result: amount(result) };
  });
  const size = (side) => Math.max(Number(side.problem), Number(side.result));
  sides.sort((a, b) => size(b) - size(a) || compare(a.key, b.key));
  const all = control("measure", [["records", word("charts", "records")], ...options]);
  return [balanceTable(sides, size), all];
}

function unitOf(key) {
  return key.slice(key.indexOf(" ") + 1) || `${word("charts", "no_unit")} ${word("kind", key.split(" ")[0])}`;
}

function balanceTable(sides, size) {
  const rows = sides.slice(0, PLACES);
  const most = Math.max(0, ...rows.map(size));
  const lines = rows.map(({ key, problem, result }) => [
    placeButton(key),
    amountCell(problem),
    opposedBars(
      [Number(problem), "problem", `${word("charts", "problem")} ${grouped(problem)}`],
      [Number(result), "result", `${word("charts", "result")} ${grouped(result)}`],
      most,
    ),
    amountCell(result),
  ]);
  const rest = sides.length - rows.length;
  if (rest) lines.push([el("span", { class: "none" }, word("charts", "rest", { n: counted(rest) })), "", "", ""]);
  const signed = (name) => [phaseIcon(name), word("charts", name)];
  const heads = [word("table", "place"), signed("problem"), word("charts", "bar"), signed("result")];
  return barTable(word("charts", "balance"), heads, lines, "opposed");
}

/** The choice with the most points; a metric before an object. */
function most(metrics, objects) {
  const first = [...metrics.slice(0, 1), ...objects.slice(0, 1)];
  return first.sort((a, b) => b[2] - a[2])[0][0];
}

const amountCell = (digits) => el("span", { class: digits === "0" ? "none" : null }, grouped(digits));

function times() {
  const dated = shown.filter((record) => record.time && period(record.time));
  if (!dated.length) return [el("p", { class: "nothing" }, word("charts", "times_none"))];
  const group = (name, keyOf) => {
    const counts = [...tally(dated.filter((record) => keyOf(record)), (record) => [keyOf(record)])];
    counts.sort((a, b) => b[1] - a[1]);
    return counts.slice(0, METRICS).map(([key, n]) => [`${name}\n${key}`, `${key.replace("\n", " · ")} (${n})`, n]);
  };
  const metricOf = (record) => `${record.metric}\n${record.unit}`;
  const objectOf = (record) => record.object && `${record.object}\n${record.unit}`;
  const [metrics, objects] = [group("metric", metricOf), group("object", objectOf)];
  const known = [...metrics, ...objects].map(([key]) => key);
  if (!known.includes(picked.metric)) picked.metric = most(metrics, objects);
  const keyOf = picked.metric.startsWith("metric\n") ? metricOf : objectOf;
  const taken = dated.filter((record) => keyOf(record) === picked.metric.slice(picked.metric.indexOf("\n") + 1));
  const options = [
    ["", word("charts", "by_metric"), metrics],
    ["", word("charts", "by_object"), objects],
  ].filter(([, , inner]) => inner.length);
  return [[drawnTimes(taken), listedTimes(taken)], control("metric", options)];
}

function drawnTimes(taken) {
  const frame = el("div", { class: "frame" });
  const describe = (record) => `${record.time} ${record.place.name} ${titleOf(record)}`;
  const draw = (width) => frame.replaceChildren(timeline(taken, width, describe, open));
  let before = 0;
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.round(contentRect.width);
    if (width && width !== before) draw((before = width));
  }).observe(frame);
  return frame;
}

function listedTimes(taken) {
  const heads = ["time", "place", "metric", "value", "phase"].map((name) => word("table", name));
  const cells = (record) => [
    record.time,
    chinese(record.place.name),
    chinese(record.metric),
    `${valueOf(record)} ${record.unit}`,
    phaseChip(record.phase),
  ];
  const sorted = [...taken].sort((a, b) => compare(a.time, b.time));
  const table = timeTable(word("charts", "points"), heads, sorted, cells, open);
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": word("charts", "points") }, table);
}
