// The numbers that are no records, with the reason of each: those first that a person may judge otherwise.

import { WEIGHTS, data, weightOf } from "./data.js";
import { barTable, stackedBar } from "./bars.js";
import { shownRejects, tally } from "./chosen.js";
import { snippet, titleOf } from "./evidence.js";
import { choose } from "./filters.js";
import { articleName } from "./records.js";
import { Table } from "./table.js";
import { el, node } from "./text.js";
import { chinese, counted, word } from "./words.js";

const REJECT_TABLE = [
  { name: "quote", sort: (reject) => reject.quote, cell: (reject) => chinese(reject.quote) },
  {
    name: "reason",
    sort: (reject) => word("reason", reject.reason),
    cell: (reject) => [
      word("reason", reject.reason),
      reject.detail ? el("div", { class: "snippet" }, reject.detail) : null,
    ],
  },
  { name: "sentence", cell: (reject) => snippet(reject) },
  { name: "rule", sort: (reject) => reject.rule, cell: (reject) => el("code", {}, reject.rule) },
  {
    name: "document",
    sort: (reject) => reject.document,
    cell: (reject) => chinese(articleName(reject)),
  },
];

export function rejectTable(open, changed) {
  const host = node("rejects");
  const inner = el("div", { id: "rejects-table" });
  const reasons = el("div", { id: "reasons" });
  host.replaceChildren(reasons, inner);
  const table = new Table(inner, { caption: "rejects", columns: REJECT_TABLE, label: titleOf, open, changed });
  return { table, showReasons: () => reasons.replaceChildren(reasonBars(), countedAlone()) };
}

/** How many for each reason; a reason chosen shows its numbers alone. */
function reasonBars() {
  const rank = ([reason]) => WEIGHTS.indexOf(weightOf(reason));
  const counts = [...tally(shownRejects("reason"), (reject) => [reject.reason])];
  counts.sort((a, b) => rank(a) - rank(b) || b[1] - a[1]);
  const most = Math.max(1, ...counts.map(([, n]) => n));
  const rows = counts.map(([reason, n]) => [
    el("button", { type: "button", class: "plain", click: () => choose("reason", reason) }, word("reason", reason)),
    stackedBar([["reject", n, `${word("reason", reason)} ${counted(n)}`]], most),
    counted(n),
  ]);
  const heads = [word("filter", "reason"), word("charts", "bar"), word("charts", "total")];
  return barTable(word("page", "rejects"), heads, rows, "reasons");
}

/** How many numbers more were rejected that are not listed: in markup, in other columns, or not kept by the run. */
function countedAlone() {
  const counts = Object.entries(data.counted);
  if (!counts.length) return "";
  const told = counts.map(([reason, n]) => `${word("reason", reason)} ${counted(n)}`).join(word("page", "comma"));
  return el("p", { class: "note counted-alone" }, word("table", "counted", { told }));
}
