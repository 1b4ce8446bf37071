// The drawing of values over time: a point for a day, a bar for a period, only as precise as the text.

import { phaseShape } from "./bars.js";
import { el, svg } from "./text.js";
import { compact, word } from "./words.js";

const DAY = 86_400_000;
const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [280, 64, 16, 12, 28];
const SHORTEST = 180; // days that the time axis has at least
const MONTHS = [1, 3, 6, 12, 24, 60, 120, 240]; // between two marks of the time axis

/** The days that a time covers, as [first, after the last]; none where it is no ISO 8601 time. */
export function period(time) {
  const [from, to] = time.split("/");
  const first = days(from);
  if (!first) return null;
  const last = to && to !== ".." ? days(to) : null;
  return [first[0], last ? last[1] : first[1]];
}

function days(part) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(part) ?? [];
  if (!year) return null;
  const at = (y, m, d) => Date.UTC(y, m, d) / DAY;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const after = day ? at(y, m, d + 1) : month ? at(y, m + 1, 1) : at(y + 1, 0, 1);
  return [at(y, m, d), after];
}

/** The drawing, `width` pixels wide; `open` is called with the record of a point. */
export function timeline(records, width, describe, open) {
  const points = records.map((record) => ({ record, days: period(record.time) })).filter((point) => point.days);
  const first = Math.min(...points.map((point) => point.days[0]));
  const last = Math.max(...points.map((point) => point.days[1]));
  const pad = Math.max((SHORTEST - (last - first)) / 2, (last - first) * 0.03);
  const across = scale(first - pad, last + pad, LEFT, width - RIGHT);
  const ticks = niceTicks(Math.min(0, ...records.map((r) => r.number)), Math.max(...records.map((r) => r.number), 0));
  const up = scale(ticks[0], ticks.at(-1), HEIGHT - BOTTOM, TOP);
  const label = word("charts", "times");
  return svg(
    "svg",
    { class: "timeline", viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": label },
    ticks.map((value) => level(value, up(value), width)),
    timeTicks(first - pad, last + pad, width).map(([day, text]) => mark(across(day), text)),
    threads(points).map((thread) => joined(thread, across, up)),
    points.map((point) => drawn(point, across, up, describe, open)),
  );
}

const scale = (from, to, low, high) => (value) => low + ((value - from) / (to - from || 1)) * (high - low);

function level(value, y, width) {
  return [
    svg("line", { x1: LEFT, x2: width - RIGHT, y1: y, y2: y, class: value ? "grid" : "axis" }),
    svg("text", { x: LEFT - 8, y: y + 4, "text-anchor": "end" }, compact(value)),
  ];
}

function mark(x, text) {
  return [
    svg("line", { x1: x, x2: x, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 4, class: "axis" }),
    svg("text", { x, y: HEIGHT - 8, "text-anchor": "middle" }, text),
  ];
}

function drawn({ record, days: [from, to] }, across, up, describe, open) {
  const [low, high] = [across(from), across(to)];
  const [x, y] = [(low + high) / 2, up(record.number)];
  const long = high - low > 14;
  return svg(
    "g",
    { class: "point", click: () => open(record) },
    svg("title", {}, describe(record)),
    long ? svg("line", { x1: low, x2: high, y1: y, y2: y, class: `period ${record.phase}` }) : null,
    svg("g", { transform: `translate(${x - 6} ${y - 6})` }, phaseShape(record.phase)),
  );
}

/** Points of one place and phase are one thread, where they are of different times. */
function threads(points) {
  const found = new Map();
  for (const point of points) {
    const { place, phase, unit, metric } = point.record;
    const key = [place.name, phase, unit, metric].join("\n");
    found.set(key, [...(found.get(key) ?? []), point]);
  }
  const middle = (point) => point.days[0] + point.days[1];
  return [...found.values()]
    .map((thread) => thread.sort((a, b) => middle(a) - middle(b)))
    .filter((thread) => middle(thread[0]) !== middle(thread.at(-1)));
}

function joined(thread, across, up) {
  const at = thread.map(({ record, days: [from, to] }) => `${across((from + to) / 2)},${up(record.number)}`);
  return svg("polyline", { points: at.join(" "), class: `thread ${thread[0].record.phase}` });
}

/** Four to six round numbers that take in both ends. */
export function niceTicks(low, high) {
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const made = [];
  for (let n = Math.floor(low / step); n <= Math.ceil(high / step); n += 1) made.push(n * step);
  return made;
}

function timeTicks(from, to, width) {
  const room = Math.max(2, Math.floor((width - LEFT) / 84));
  const months = (to - from) / 30.4;
  const step = MONTHS.find((one) => months / one <= room) ?? MONTHS.at(-1);
  const made = [];
  const begin = new Date(from * DAY);
  let month = Math.floor((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / step) * step;
  for (; ; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY;
    if (day > to) return made;
    const year = Math.floor(month / 12);
    const text = step >= 12 ? String(year) : `${year}-${String((month % 12) + 1).padStart(2, "0")}`;
    if (day >= from) made.push([day, text]);
  }
}

/** The same points as a table, for the keyboard and for copying: each leads to its record. */
export function timeTable(caption, heads, records, cells, open) {
  const head = heads.map((name) => el("th", { scope: "col" }, name));
  const lines = records.map((record) => {
    const [first, ...rest] = cells(record);
    const button = el("button", { type: "button", class: "plain", click: () => open(record) }, first);
    return el("tr", {}, el("td", {}, button), rest.map((cell) => el("td", {}, cell)));
  });
  return el(
    "table",
    { class: "points" },
    el("caption", { class: "unseen" }, caption),
    el("thead", {}, el("tr", {}, head)),
    el("tbody", {}, lines),
  );
}
