// What is chosen: the search, the filters, how numbers are shown. A filter has several values, of which one must fit.

import { data, documents, haystack, places, plainNumbers, records, rejects } from "./data.js";
import { period } from "./timeline.js";
import { languageNow, word } from "./words.js";

export const NONE = ""; // what a record without the thing has
const MOST_YEARS = 50; // that one period is listed under

export const chosen = { search: "", words: [], confidence: 0, exact: false, copies: false };

for (const place of places) {
  place.within = new Set(place.parts.map((_, n) => place.parts.slice(0, n + 1).join("/")));
  if (!place.parts.length) place.within.add(NONE);
}

function yearsOf(time) {
  const [first, last] = (time ?? "").split("/").map((part) => Number(part.slice(0, 4)));
  if (!first || !period(time)) return [NONE];
  const count = Math.min(Math.max((last || first) - first, 0), MOST_YEARS) + 1;
  return Array.from({ length: count }, (_, n) => String(first + n));
}

export const indicatorName = (id) => data.indicators[id]?.[languageNow()] ?? id;
const titleOfArticle = (id) => documents.find((article) => article.id === id)?.title || id;
const same = (value) => value;

/** The filters: whose rows they are for, what a row has of each, and what a value is called. */
export const FACETS = {
  place: { of: "records", keys: (row) => row.place.within, name: (key) => key.split("/").at(-1), foreign: true },
  time: { of: "records", keys: (row) => (row.years ??= yearsOf(row.time)), name: same },
  indicator: { of: "records", keys: (row) => [row.indicator ?? NONE], name: indicatorName },
  kind: { of: "records", keys: (row) => [row.kind], name: (key) => word("kind", key) },
  unit: { of: "records", keys: (row) => [row.unit], name: same, foreign: true },
  agency: { of: "records", keys: (row) => [row.agency ?? NONE], name: same, foreign: true },
  check: { of: "records", keys: (row) => (row.checks.length ? row.checks : [NONE]), name: (key) => word("check", key) },
  phase: { of: "records", keys: (row) => [row.phase], name: (key) => word("phase", key) },
  reason: { of: "rejects", keys: (row) => [row.reason], name: (key) => word("reason", key) },
  source: { of: "all", keys: (row) => [documents[row.document].source ?? NONE], name: same, foreign: true },
  article: { of: "all", keys: (row) => [documents[row.document].id], name: titleOfArticle, foreign: true },
};

export const picks = Object.fromEntries(Object.keys(FACETS).map((name) => [name, new Set()]));

const found = (row) => chosen.words.every((part) => haystack(row).includes(part));

function passes(row, is, but) {
  for (const [name, { of, keys }] of Object.entries(FACETS)) {
    if (name === but || !picks[name].size || (of !== "all" && of !== is)) continue;
    let fits = false;
    for (const key of keys(row)) fits ||= picks[name].has(key);
    if (!fits) return false;
  }
  return true;
}

/** The records that pass; `but` names a filter that is not looked at. */
export function shownRecords(but = "") {
  return records.filter(
    (record) =>
      (chosen.copies || !record.duplicate_of) &&
      record.confidence >= chosen.confidence &&
      passes(record, "records", but) &&
      found(record),
  );
}

/** The rejections that pass. */
export const shownRejects = (but = "") => rejects.filter((reject) => passes(reject, "rejects", but) && found(reject));

/** Look for these words, all of which must be there. */
export function searchFor(text) {
  chosen.search = text;
  chosen.words = plainNumbers(text).split(/\s+/).filter(Boolean);
}

export const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** How often each key comes. */
export function tally(rows, keysOf) {
  const counts = new Map();
  for (const row of rows) for (const key of keysOf(row)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
