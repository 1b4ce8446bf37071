// What was found against what was solved, by number: sums of one unit by place, and results beside what they answer.

import { eachFactOnce, recordOf } from "./data.js";
import { barTable, opposedBars, phaseIcon, stackedBar } from "./bars.js";
import { compare, tally } from "./chosen.js";
import { grouped, share, sum } from "./decimal.js";
import { amount, valueCell } from "./evidence.js";
import { choose } from "./filters.js";
import { el } from "./text.js";
import { chinese, counted, word } from "./words.js";

const ADDS_UP = new Set(["count", "money", "length", "area", "volume", "weight"]);
const STEPS = ["province", "city", "county", "place"];
const SIDES = 15; // places that are shown
const PAIRS = 100; // results with what they answer

/** The records by their place as far down as the level. */
export function byPlace(records, level) {
  const depth = STEPS.indexOf(level) + 1;
  const groups = new Map();
  for (const record of records) {
    const key = record.place.steps.slice(0, depth).filter(Boolean).join("/");
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(record);
  }
  return groups;
}

/** A place that is a filter when it is chosen. */
export function placeButton(key) {
  if (!key) return el("span", { class: "none" }, word("page", "no_place"));
  return el("button", { type: "button", class: "plain", click: () => choose("place", key) }, chinese(key.replaceAll("/", "")));
}

/** Problems and results that may be added: each fact once, and no part beside its total in the same phase. */
export function additive(records) {
  const phases = new Map(records.map((record) => [record.id, record.phase]));
  return eachFactOnce(records).filter(
    (record) =>
      (record.phase === "problem" || record.phase === "result") &&
      ADDS_UP.has(record.kind) &&
      !(record.part_of && phases.get(record.part_of) === record.phase),
  );
}

const measureOf = (record) => `${record.kind} ${record.unit}`;

/** The units that there are sums of, those first that most records of both phases have. */
export function measures(records) {
  const phases = new Map();
  for (const [key, n] of tally(additive(records), (record) => [`${record.phase}\n${measureOf(record)}`])) {
    const [phase, measure] = key.split("\n");
    phases.set(measure, { ...phases.get(measure), [phase]: n });
  }
  const rank = ({ problem = 0, result = 0 }) => [Math.min(problem, result), problem + result];
  const order = ([, a], [, b]) => rank(b)[0] - rank(a)[0] || rank(b)[1] - rank(a)[1];
  return [...phases].sort(order).map(([key]) => [key, word("charts", "sum", { unit: unitOf(key) })]);
}

export const unitOf = (key) => key.slice(key.indexOf(" ") + 1) || `${word("charts", "no_unit")} ${word("kind", key.split(" ")[0])}`;

/** By place, the sums of what was found and of what was solved in one unit. */
export function sidesOf(records, level, measure) {
  const taken = records.filter((record) => measureOf(record) === measure);
  return [...byPlace(taken, level)].map(([key, found]) => {
    const of = (phase) => sum(found.filter((record) => record.phase === phase).map((record) => record.value));
    return { key, problem: of("problem"), result: of("result") };
  });
}

export function balanceTable(records, { level, measure }) {
  const sides = sidesOf(records, level, measure);
  const size = (side) => Math.max(Number(side.problem), Number(side.result));
  sides.sort((a, b) => size(b) - size(a) || compare(a.key, b.key));
  const rows = sides.slice(0, SIDES);
  const most = Math.max(0, ...rows.map(size));
  const lines = rows.map(({ key, problem, result }) => [
    placeButton(key),
    sideCell(problem),
    opposedBars(
      [Number(problem), "problem", `${word("charts", "problem")} ${grouped(problem)}`],
      [Number(result), "result", `${word("charts", "result")} ${grouped(result)}`],
      most,
    ),
    sideCell(result),
  ]);
  const rest = sides.length - rows.length;
  if (rest) lines.push([el("span", { class: "none" }, word("charts", "rest", { n: counted(rest) })), "", "", ""]);
  const signed = (name) => [phaseIcon(name), word("charts", name)];
  const heads = [word("table", "place"), signed("problem"), word("charts", "bar"), signed("result")];
  return barTable(word("charts", "balance"), heads, lines, "opposed");
}

const sideCell = (digits) => (digits === "0" ? el("span", { class: "none" }, "0") : amount(digits));

/** Results beside the problems or targets that they answer; none where no record says that it answers one. */
export function solvedTable(records) {
  const answered = records.filter((record) => record.answers && recordOf(record.answers));
  const pairs = eachFactOnce(answered).map((solved) => ({ solved, found: recordOf(solved.answers) }));
  if (!pairs.length) return null;
  pairs.sort((a, b) => b.found.number - a.found.number);
  const rows = pairs.slice(0, PAIRS).map(({ found, solved }) => {
    const done = found.unit === solved.unit ? share(solved.value, found.value) : null;
    const label = done === null ? "" : `${done}%`;
    return [
      [placeButton((solved.place.name ? solved : found).place.parts.join("/")), el("div", { class: "snippet" }, chinese(found.metric), " ", solved.time ?? found.time ?? "")],
      [valueCell(found), " ", chinese(found.unit)],
      done === null ? "" : stackedBar([["result", Math.min(done, 100), label]], 100),
      [valueCell(solved), " ", chinese(solved.unit)],
      label,
    ];
  });
  const heads = ["table.place", "charts.found", "charts.bar", "charts.done", "charts.share"].map((key) => word(...key.split(".")));
  return barTable(word("charts", "solved"), heads, rows, "pairs");
}
