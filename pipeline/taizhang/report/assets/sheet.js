// The rows that are shown as a file for a spreadsheet program, laid out as `taizhang run` lays out records.csv.

import { documents, sentenceOf } from "./data.js";
import { save } from "./text.js";
import { languageNow, word } from "./words.js";

// A cell that opens with one of these could run as a formula; an apostrophe goes before it, and before one of the text's own.
const GUARDED = /^['=+\-@\t\r\n＝＋－＠]/;
const article = (row) => documents[row.document];
const COLUMNS = {
  records: [
    ["place", ["Place", "name"], (row) => row.place.name],
    ["metric", ["Metric", "name"], (row) => row.metric],
    ["value", ["RectificationItem", "value"], (row) => ({ number: row.value })],
    ["unit", ["RectificationItem", "unit"], (row) => row.unit],
    ["bound", ["RectificationItem", "bound"], (row) => row.bound],
    ["phase", ["RectificationItem", "phase"], (row) => row.phase],
    ["time", ["RectificationItem", "time"], (row) => row.time ?? ""],
    ["sentence", ["RectificationItem", "sentence"], sentenceOf],
    ["title", ["Document", "title"], (row) => article(row).title ?? ""],
    ["url", ["Document", "url"], (row) => article(row).url ?? ""],
    ["id", ["RectificationItem", "id"], (row) => row.id],
  ],
  rejects: [
    ["quote", ["Rejection", "quote"], (row) => row.quote],
    ["reason", ["Rejection", "reason"], (row) => row.reason],
    ["rule", ["Rejection", "rule"], (row) => row.rule],
    ["sentence", ["Rejection", "sentence"], sentenceOf],
    ["title", ["Document", "title"], (row) => article(row).title ?? ""],
    ["url", ["Document", "url"], (row) => article(row).url ?? ""],
  ],
};

function cell(value) {
  const text = value.number ?? (GUARDED.test(value) ? `'${value}` : value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Save these rows; `kind` is that of the table. */
export function saveSheet(kind, rows) {
  const columns = COLUMNS[kind];
  const heads = columns.map(([name, said]) => (languageNow() === "zh" ? word(...said) : name));
  const lines = [heads, ...rows.map((row) => columns.map(([, , get]) => get(row)))];
  const text = lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
  save(`${kind}.csv`, new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
}
