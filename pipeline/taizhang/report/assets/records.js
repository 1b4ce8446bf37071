// The table of the records.

import { PHASES, documents } from "./data.js";
import { flags, phaseChip, snippet, titleOf, valueCell } from "./evidence.js";
import { Table } from "./table.js";
import { el, node } from "./text.js";
import { chinese, word } from "./words.js";

/** An article by its title, or by what else it is known. */
export const articleName = (row) => documents[row.document].title || documents[row.document].id;

const RECORD_TABLE = [
  { name: "value", sort: (record) => record.number, cell: valueCell },
  { name: "unit", sort: (record) => record.unit, cell: (record) => chinese(record.unit) },
  {
    name: "metric",
    sort: (record) => record.metric,
    cell: (record) => [
      el("div", {}, el("span", { class: "name" }, chinese(record.metric)), flags(record)),
      el("div", { class: "snippet" }, snippet(record)),
    ],
  },
  {
    name: "place",
    sort: (record) => (record.place.name ? `${record.place.code} ${record.place.name}` : ""),
    cell: (record) => placeName(record.place),
  },
  { name: "phase", sort: (record) => PHASES.indexOf(record.phase), cell: (record) => phaseChip(record.phase) },
  { name: "kind", sort: (record) => word("kind", record.kind), cell: (record) => word("kind", record.kind) },
  { name: "time", sort: (record) => record.time, cell: (record) => record.time ?? "" },
  { name: "confidence", sort: (record) => record.confidence, cell: (record) => record.confidence.toFixed(2) },
  { name: "document", sort: (record) => record.document, cell: (record) => chinese(articleName(record)) },
];

/** The last part of a place large, what it lies in small. */
export function placeName(place) {
  if (!place.parts.length) return el("span", { class: "none" }, word("page", "no_place"));
  const above = place.parts.slice(0, -1).join("");
  return el(
    "span",
    { class: "where", lang: "zh-CN" },
    el("bdi", {}, place.parts.at(-1)),
    above ? el("small", {}, el("bdi", {}, above)) : null,
  );
}

export function recordTable(open, changed) {
  const host = node("records");
  return new Table(host, { caption: "records", columns: RECORD_TABLE, label: titleOf, open, changed });
}
