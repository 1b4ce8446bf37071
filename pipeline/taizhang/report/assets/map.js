// The map of provinces and cities, shaded by how many records there are, or by what was found and solved.

import { places } from "./data.js";
import { additive, sidesOf, unitOf } from "./amounts.js";
import { tally } from "./chosen.js";
import { share } from "./decimal.js";
import { read } from "./evidence.js";
import { choose } from "./filters.js";
import { el, node, svg } from "./text.js";
import { chinese, counted, word } from "./words.js";

const boundaries = JSON.parse(node("boundaries").textContent);
const SHADES = 5;
const PROVINCES = boundaries ? new Set(boundaries.provinces.map(([code]) => code)) : new Set();
const CITIES = boundaries ? new Set(boundaries.cities.map(([code]) => code)) : new Set();

/** The code of the shape that a place lies in: its city's, or a province's where it has no cities of its own. */
function shapeOf(code, level) {
  const province = `${code.slice(0, 2)}0000`;
  if (level === "province") return PROVINCES.has(province) ? province : "";
  const own = [code.slice(0, 6), `${code.slice(0, 4)}00`].find((one) => CITIES.has(one));
  if (own) return own;
  return PROVINCES.has(province) && ![...CITIES].some((city) => city.startsWith(code.slice(0, 2))) ? province : "";
}

/** How many of the records are of no place that the map draws. */
export function mapNote(records, { maplevel }) {
  return boundaries ? records.filter((record) => !shapeOf(record.place.code, maplevel)).length : records.length;
}

export function chinaMap(records, picked) {
  if (!boundaries) return el("p", { class: "nothing" }, word("charts", "no_map"));
  const level = picked.maplevel;
  const values = valuesOn(records, picked);
  const limits = shades([...values.values()].map(([, number]) => number));
  const drawn = level === "province" ? boundaries.provinces : [...boundaries.cities, ...boundaries.provinces.filter(([code]) => shapeOf(code, level) === code)];
  const { width, height } = boundaries;
  const shapes = drawn.map(([code, path]) => division(code, path, values.get(code), limits));
  const outlines = level === "city" ? boundaries.provinces.map(([, path]) => svg("path", { d: path, class: "outline" })) : [];
  const map = svg(
    "svg",
    { class: "china", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": word("charts", "map") },
    shapes,
    outlines,
    svg("path", { d: boundaries.islands, class: "islands" }),
  );
  return [mapLegend(limits, picked), map];
}

/** For each shape what is said of it and the number that its shade tells. */
function valuesOn(records, { mapped, maplevel, measure }) {
  if (mapped === "records") {
    const counts = tally(records, (record) => [shapeOf(record.place.code, maplevel)]);
    counts.delete("");
    return new Map([...counts].map(([code, n]) => [code, [counted(n), n]]));
  }
  const groups = new Map();
  for (const record of additive(records)) {
    const code = shapeOf(record.place.code, maplevel);
    if (code) groups.set(code, [...(groups.get(code) ?? []), record]);
  }
  const found = new Map();
  for (const [code, of] of groups) {
    const value = saidOf(sidesOf(of, "", measure)[0], mapped, unitOf(measure));
    if (value) found.set(code, value);
  }
  return found;
}

function saidOf(side, mapped, unit) {
  if (!side) return null;
  if (mapped !== "share") return side[mapped] === "0" ? null : [`${read(side[mapped]).text} ${unit}`, Number(side[mapped])];
  const done = share(side.result, side.problem);
  return done === null ? null : [`${done}%`, done];
}

/** Where one shade ends and the next begins: as many shapes in each, as far as that goes. */
function shades(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const limits = Array.from({ length: SHADES }, (_, n) => sorted[Math.ceil(((n + 1) * sorted.length) / SHADES) - 1]);
  return [...new Set(limits.filter((one) => one !== undefined))];
}

const shadeOf = (number, limits) => SHADES - limits.length + limits.findIndex((limit) => number <= limit) + 1;

const DIVISION_KEYS = new Map();

/** The path of names of a shape, as the place filter knows it. */
function keyOf(code) {
  if (!DIVISION_KEYS.size) {
    for (const place of places) {
      place.parts.forEach((_, n) => {
        const depth = place.steps.slice(0, 2).filter(Boolean).length;
        if (n === 0) DIVISION_KEYS.set(`${place.code.slice(0, 2)}0000`, place.parts[0]);
        if (n === 1 && depth === 2) DIVISION_KEYS.set(`${place.code.slice(0, 4)}00`, place.parts.slice(0, 2).join("/"));
        if (n === 1 && depth === 1) DIVISION_KEYS.set(place.code, place.parts.slice(0, 2).join("/"));
      });
    }
  }
  return DIVISION_KEYS.get(code) ?? "";
}

function division(code, path, value, limits) {
  const key = keyOf(code);
  const attributes = { d: path, "data-code": code, class: value ? `division shade-${shadeOf(value[1], limits)}` : "division" };
  if (!value || !key) return svg("path", attributes);
  return svg("path", { ...attributes, click: () => choose("place", key) }, svg("title", {}, `${key.replaceAll("/", "")} ${value[0]}`));
}

function mapLegend(limits, { mapped, measure }) {
  const unit = mapped === "records" || mapped === "share" ? [] : [" · ", measure.endsWith(" ") ? unitOf(measure) : chinese(unitOf(measure))];
  const shown = limits.map((limit, n) => {
    const shade = svg("svg", { viewBox: "0 0 12 12", class: "sign", "aria-hidden": "true" }, svg("rect", { width: 12, height: 12, class: `shade-${SHADES - limits.length + n + 1}` }));
    return el("span", { class: "chip" }, shade, `≤ ${mapped === "share" ? `${limit}%` : read(String(limit)).text}`);
  });
  return el("p", { class: "legend" }, el("span", {}, word("charts", `map_${mapped}`), unit), shown);
}
