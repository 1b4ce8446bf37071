// What the run was: the articles that were read, those that were not, the files.

import { data, documents, records, rejects, unread } from "./data.js";
import { tally } from "./chosen.js";
import { el } from "./text.js";
import { chinese, counted, word } from "./words.js";

/** What the run was: its articles, inputs that gave nothing, its files. */
export function showAbout(host) {
  const { run } = data;
  const facts = [
    [word("about", "version"), `taizhang ${run.taizhang}`],
    [word("about", "ruleset"), run.ruleset],
    [word("about", "read"), counted(documents.filter((article) => article.read).length)],
    [word("about", "unread"), counted(unread.length)],
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
  return documents.flatMap((article, n) => {
    if (!article.read) return [];
    const title = chinese(article.title || article.id);
    const name = article.debug ? el("a", { href: article.debug }, title) : title;
    const counts = [made, lost].map((tallied) => counted(tallied.get(n) ?? 0));
    return [[name, chinese(article.source ?? ""), article.published ?? "", ...counts]];
  });
}
