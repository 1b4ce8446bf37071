// The numbers that are no records, with the reason of each, and the inputs that could not be read.

import { documents, records, rejects, unread, data } from "./data.js";
import { barTable, stackedBar } from "./bars.js";
import { snippet, titleOf } from "./evidence.js";
import { choose, shownRejects, tally } from "./filters.js";
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

export function rejectTable(open) {
  const host = node("rejects");
  const inner = el("div", { id: "rejects-table" });
  const reasons = el("div", { id: "reasons" });
  host.replaceChildren(reasons, inner);
  const table = new Table(inner, { caption: "rejects", columns: REJECT_TABLE, label: titleOf, open });
  return { table, showReasons: () => reasons.replaceChildren(reasonBars()) };
}

/** How many for each reason; a reason chosen shows its numbers alone. */
function reasonBars() {
  const counts = [...tally(shownRejects("reason"), (reject) => [reject.reason])].sort((a, b) => b[1] - a[1]);
  const most = Math.max(1, ...counts.map(([, n]) => n));
  const rows = counts.map(([reason, n]) => [
    el("button", { type: "button", class: "plain", click: () => choose("reason", reason) }, word("reason", reason)),
    stackedBar([["reject", n, `${word("reason", reason)} ${counted(n)}`]], most),
    counted(n),
  ]);
  const heads = [word("filter", "reason"), word("charts", "bar"), word("charts", "total")];
  return barTable(word("page", "rejects"), heads, rows, "reasons");
}

/** What the run was: its articles, inputs that gave nothing, its files. */
export function showAbout(host) {
  const { run } = data;
  const facts = [
    [word("about", "version"), `taizhang ${run.taizhang}`],
    [word("about", "ruleset"), run.ruleset],
  ];
  host.replaceChildren(
    el("p", { class: "note" }, word("about", "note")),
    el("dl", {}, facts.map(([name, said]) => [el("dt", {}, name), el("dd", {}, el("code", {}, said))])),
    unread.length ? listed("unread", ["document", "reason", "detail"], unread.map(unreadCells)) : null,
    listed("documents", ["document", "source", "published", "count", "rejected"], articleCells()),
    listed("outputs", ["file", "sha256"], Object.entries(run.outputs).map((pair) => pair.map((part) => el("code", {}, part)))),
  );
}

const NAMES = {
  document: () => word("table", "document"),
  reason: () => word("filter", "reason"),
  detail: () => word("table", "detail"),
  source: () => word("Document", "source"),
  published: () => word("Document", "published"),
};
const SHOWN = 500; // articles that are listed one by one

function listed(name, heads, rows) {
  const head = heads.map((one) => el("th", { scope: "col" }, NAMES[one]?.() ?? word("about", one)));
  const lines = rows.slice(0, SHOWN).map((cells) => el("tr", {}, cells.map((cell) => el("td", {}, cell))));
  const rest = rows.length - lines.length;
  return el(
    "section",
    { class: name, tabindex: "0", role: "region", "aria-label": word("about", name) },
    el("h2", {}, word("about", name)),
    el("table", { class: "list" }, el("thead", {}, el("tr", {}, head)), el("tbody", {}, lines)),
    rest > 0 ? el("p", { class: "note" }, `+ ${counted(rest)}`) : null,
  );
}

function unreadCells(reject) {
  const { path, id } = documents[reject.document];
  return [el("bdi", {}, path || id), word("reason", reject.reason), reject.detail];
}

function articleCells() {
  const made = tally(records, (record) => [record.document]);
  const lost = tally(rejects, (reject) => [reject.document]);
  return documents.map((article, n) => {
    const title = chinese(article.title || article.id);
    const name = article.debug ? el("a", { href: article.debug }, title) : title;
    const counts = [made, lost].map((tallied) => counted(tallied.get(n) ?? 0));
    return [name, chinese(article.source ?? ""), article.published ?? "", ...counts];
  });
}
