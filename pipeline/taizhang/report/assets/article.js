// The article of one row: its text with every number marked, and beside it what filled each field.

import { addressOf } from "./address.js";
import { documents, lengthOf, records, rejects, rowsOf, sentenceSpan, slice } from "./data.js";
import { evidence, titleOf } from "./evidence.js";
import { verdicts } from "./review.js";
import { el, node, webLink } from "./text.js";
import { chinese, counted, word } from "./words.js";

const dialog = node("article");
const wide = matchMedia("(min-width: 64rem)");
let opened = null;

export const openedRow = () => opened;

/** The row that an address names, or none. */
export function rowAt(address) {
  const rows = address.startsWith("#record/") ? records : address.startsWith("#reject/") ? rejects : [];
  return rows.find((row) => addressOf(row) === address) ?? null;
}

/** Show the article of a row; `among` are the rows that its neighbours are found in; `marked` hears of a mark. */
export function openArticle(row, among, go, marked) {
  opened = row;
  const title = el("h2", { id: "article-title", tabindex: "-1" }, titleOf(row));
  const text = articleText(row);
  const marking = row.is === "record" ? verdicts(row, marked) : null;
  dialog.replaceChildren(bar(row, among, go), el("div", { class: "of" }, title, about(row), marking), text, evidence(row));
  if (!dialog.open) {
    if (wide.matches) dialog.show();
    else dialog.showModal();
  }
  document.body.classList.toggle("reading", true);
  title.focus({ preventScroll: true });
  toMark(text, false);
}

/** Say it in another language, the focus let be. */
export function renewArticle(among, go, marked) {
  if (opened) openArticle(opened, among, go, marked);
}

export function closeArticle() {
  opened = null;
  document.body.classList.toggle("reading", false);
  if (dialog.open) dialog.close();
}

/** A narrow window shows the article over the page, a wide one beside it. */
export function listenToWindow(close) {
  wide.addEventListener("change", () => {
    if (!dialog.open) return;
    dialog.close();
    if (wide.matches) dialog.show();
    else dialog.showModal();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dialog.open) {
      event.preventDefault();
      close();
    }
  });
}

function bar(row, among, go) {
  const at = among.indexOf(row);
  const step = (name, to, sign) =>
    el(
      "button",
      { type: "button", "data-step": name, disabled: !among[to], click: () => go(among[to], `[data-step="${name}"]`) },
      el("span", { "aria-hidden": "true" }, sign),
      word("article", name),
    );
  const place = at < 0 ? "" : `${counted(at + 1)} / ${counted(among.length)}`;
  return el(
    "div",
    { class: "bar" },
    step("previous", at - 1, "↑ "),
    step("next", at < 0 ? -1 : at + 1, "↓ "),
    el("span", { class: "where" }, place),
    el("button", { type: "button", class: "close", "aria-label": word("article", "close"), click: () => go(null) }, "✕"),
  );
}

/** Whose article it is, and where more of it is told. */
function about(row) {
  const article = documents[row.document];
  const said = [article.source, article.published, article.path].filter(Boolean);
  const links = [
    article.url ? webLink(article.url, word("article", "link")) : null,
    article.debug ? el("a", { href: article.debug, class: "debug" }, word("article", "debug")) : null,
  ];
  const name = chinese(article.title || article.id, { class: "name" });
  return el("p", { class: "meta" }, name, said.map((part) => chinese(part)), links);
}

function articleText(row) {
  const article = documents[row.document];
  const text = el("div", { class: "text", lang: "zh-CN" }, ...segments(row));
  const jump = el("button", { type: "button", class: "jump", click: () => toMark(text, true) }, word("article", "jump"));
  const empty = article.text ? null : el("p", { class: "nothing" }, word("article", "no_text"));
  return el(
    "section",
    { class: "source", tabindex: "0", role: "region", "aria-label": word("article", "text") },
    legend(row, jump),
    empty,
    text,
  );
}

function legend(row, jump) {
  if (row.end > row.start) {
    return el(
      "p",
      { class: "legend" },
      el("span", { class: "record" }, word("article", "legend_record")),
      el("span", { class: "reject" }, word("article", "legend_reject")),
      jump,
    );
  }
  const raw = word("article", "raw", { start: row.raw_start, end: row.raw_end });
  return row.raw_end ? el("p", { class: "legend" }, word("article", "left_out", { raw })) : null;
}

/** The text cut where a mark, the sentence or the title begins or ends. */
function segments(row) {
  const { document } = row;
  const size = lengthOf(document);
  const titleEnd = documents[document].title_end;
  const sentence = sentenceSpan(row) ?? [0, 0];
  const marks = marksOf(row);
  const cuts = new Set([0, size, titleEnd, ...sentence]);
  for (const mark of marks) cuts.add(mark.start).add(mark.end);
  const edges = [...cuts].sort((a, b) => a - b);
  const made = [];
  let next = 0;
  for (let n = 0; n + 1 < edges.length; n += 1) {
    const [start, end] = [edges[n], edges[n + 1]];
    while (next < marks.length && marks[next].end <= start) next += 1;
    const mark = next < marks.length && marks[next].start <= start ? marks[next] : null;
    const cls = [
      start < titleEnd ? "headline" : "",
      start >= sentence[0] && end <= sentence[1] ? "sentence" : "",
    ].join(" ").trim();
    made.push(segment(slice(document, start, end), mark, row, cls));
  }
  return made;
}

function segment(text, mark, row, cls) {
  if (mark === row) return el("mark", { class: cls, "aria-current": "true" }, text);
  if (mark) return el("a", { class: `${mark.is} ${mark.phase ?? ""} ${cls}`, href: addressOf(mark), title: titleOf(mark) }, text);
  return el("span", { class: cls || null }, text);
}

/** The numbers to mark, none over another; the row itself before all. */
function marksOf(row) {
  const standing = rowsOf(row.document).filter((one) => one.end > one.start && one !== row);
  const apart = standing.filter((one) => one.end <= row.start || one.start >= row.end || row.end === row.start);
  apart.sort((a, b) => a.start - b.start || a.end - b.end);
  const kept = [];
  let last = 0;
  for (const one of apart) {
    if (one.start < last) continue;
    kept.push(one);
    last = one.end;
  }
  if (row.end > row.start) kept.push(row);
  return kept.sort((a, b) => a.start - b.start);
}

function toMark(text, focus) {
  const mark = text.querySelector("mark");
  if (!mark) return;
  mark.scrollIntoView({ block: "center" });
  if (!focus) return;
  mark.tabIndex = -1;
  mark.focus({ preventScroll: true });
}
