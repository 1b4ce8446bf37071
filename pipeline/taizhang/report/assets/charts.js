// The charts of the records that the filters let through: the cards, and what is picked in them.

import { PHASES } from "./data.js";
import { additive, balanceTable, byPlace, measures, placeButton, solvedTable } from "./amounts.js";
import { barTable, stackedBar } from "./bars.js";
import { compare, tally } from "./chosen.js";
import { phaseChip, titleOf, valueCell } from "./evidence.js";
import { chinaMap, mapNote } from "./map.js";
import { pictureButtons } from "./picture.js";
import { crossTable, seriesOptions, seriesTable } from "./series.js";
import { el, node } from "./text.js";
import { period, timeTable, timeline } from "./timeline.js";
import { chinese, counted, word } from "./words.js";

const BARS = 15; // places that have a bar of their own
const METRICS = 200; // that can be chosen
export const LEVELS = ["province", "city", "county", "place"];
const FIRST = { level: "city", measure: "", metric: "", series: "", mapped: "records", maplevel: "province" };
const picked = { ...FIRST };
let now = picked; // with what is shown where nothing is picked
let shown = [];
let openRecord = () => {};
let pickedNew = () => {};

/** Draw the charts of these records; `then` opens one, `changed` is called when something else is picked. */
export function showCharts(records, then, changed) {
  [shown, openRecord, pickedNew] = [records, then, changed];
  const units = measures(shown);
  const series = seriesOptions(shown);
  now = { ...picked, measure: oneOf(units, picked.measure), series: oneOf(series, picked.series) };
  const measure = control("measure", units);
  const solved = solvedTable(shown);
  const cards = [
    card("phases", phasesChart(), control("level", LEVELS.map((level) => [level, word("by", level)]))),
    card("balance", balanceTable(additive(shown), now), measure),
    solved && card("solved", solved),
    card("series", seriesTable(shown, now, openRecord), control("series", series, "what")),
    card("cross", crossTable(shown, now)),
    card("map", chinaMap(shown, now), ...mapControls()),
    card("times", ...times()),
  ];
  node("charts").replaceChildren(...cards.filter(Boolean));
}

/** What is picked as an address says it, and taken from one. */
export const pickedNow = () => Object.fromEntries(Object.entries(picked).map(([name, value]) => [name, value === FIRST[name] ? "" : value]));
export const restorePicked = (said) => {
  for (const name of Object.keys(FIRST)) picked[name] = said[name] || FIRST[name];
};

/** What is picked, where it can be chosen; else the first. */
const oneOf = (options, value) => (options.some(([key]) => key === value) ? value : (options[0]?.[0] ?? ""));

function mapControls() {
  const what = ["records", "problem", "result", "share"].map((name) => [name, word("charts", `map_${name}`)]);
  const levels = LEVELS.slice(0, 2).map((level) => [level, word("by", level)]);
  return [control("maplevel", levels), control("mapped", what)];
}

function pickAgain(name) {
  showCharts(shown, openRecord, pickedNew);
  pickedNew();
  document.querySelector(`#charts [data-choice="${name}"]`).focus();
}

function card(name, inside, ...controls) {
  const title = `chart-${name}`;
  const n = name === "map" ? mapNote(shown, now) : shown.filter((record) => !record.time).length;
  return el(
    "section",
    { class: `card ${name}`, "aria-labelledby": title },
    el("div", { class: "head" }, el("h2", { id: title }, word("charts", name)), el("div", { class: "picks" }, controls, pictureButtons(name))),
    inside,
    el("p", { class: "note" }, word("charts", `${name}_note`, { n: counted(n) })),
  );
}

function control(name, options, label = name) {
  const select = el("select", { "data-choice": name }, options.map(option));
  select.value = now[name];
  select.addEventListener("change", () => {
    picked[name] = select.value;
    pickAgain(name);
  });
  return el("label", {}, word("charts", label), select);
}

function option([value, label, inner]) {
  if (Array.isArray(inner)) return el("optgroup", { label }, inner.map(option));
  return el("option", { value }, label);
}

function phasesChart() {
  const groups = [...byPlace(shown, now.level)].sort(([a, x], [b, y]) => y.length - x.length || compare(a, b));
  const most = Math.max(1, ...groups.slice(0, BARS).map(([, records]) => records.length));
  const rows = groups.slice(0, BARS).map(([key, records]) => {
    const counts = tally(records, (record) => [record.phase]);
    const parts = PHASES.filter((phase) => counts.has(phase)).map((phase) => [
      phase,
      counts.get(phase),
      `${word("phase", phase)} ${counted(counts.get(phase))}`,
    ]);
    return [placeButton(key), stackedBar(parts, most), counted(records.length)];
  });
  const rest = groups.slice(BARS);
  if (rest.length) {
    const count = rest.reduce((total, [, records]) => total + records.length, 0);
    rows.push([el("span", { class: "none" }, word("charts", "rest", { n: counted(rest.length) })), "", counted(count)]);
  }
  const heads = [word("table", "place"), word("charts", "bar"), word("charts", "total")];
  const legend = el("p", { class: "legend" }, PHASES.map((phase) => phaseChip(phase)));
  return [legend, barTable(word("charts", "phases"), heads, rows, "stacked")];
}

/** The choice with the most points; a metric before an object. */
function mostPoints(metrics, objects) {
  const first = [...metrics.slice(0, 1), ...objects.slice(0, 1)];
  return first.sort((a, b) => b[2] - a[2])[0][0];
}

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
  now.metric = known.includes(picked.metric) ? picked.metric : mostPoints(metrics, objects);
  const keyOf = now.metric.startsWith("metric\n") ? metricOf : objectOf;
  const taken = dated.filter((record) => keyOf(record) === now.metric.slice(now.metric.indexOf("\n") + 1));
  const options = [
    ["", word("charts", "by_metric"), metrics],
    ["", word("charts", "by_object"), objects],
  ].filter(([, , inner]) => inner.length);
  return [[drawnTimes(taken), listedTimes(taken)], control("metric", options)];
}

function drawnTimes(taken) {
  const frame = el("div", { class: "frame" });
  const describe = (record) => `${record.time} ${record.place.name} ${titleOf(record)}`;
  const draw = (width) => frame.replaceChildren(timeline(taken, width, describe, openRecord));
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
    [valueCell(record), " ", chinese(record.unit)],
    phaseChip(record.phase),
  ];
  const sorted = [...taken].sort((a, b) => compare(a.time, b.time));
  const table = timeTable(word("charts", "points"), heads, sorted, cells, openRecord);
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": word("charts", "points") }, table);
}
