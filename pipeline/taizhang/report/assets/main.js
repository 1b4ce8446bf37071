// The page: its views, its address, its language, and what happens when one of them changes.

import { addressOf, parted, readAddress, written } from "./address.js";
import { closeArticle, listenToWindow, openArticle, openedRow, renewArticle, rowAt } from "./article.js";
import { showAbout } from "./about.js";
import { pickedNow, restorePicked, showCharts } from "./charts.js";
import { shownRecords, shownRejects } from "./chosen.js";
import { data, documents, records, rejects, unread } from "./data.js";
import { fillFacets, listenToFacets, showPicked } from "./facets.js";
import { listen, showChosen } from "./filters.js";
import { markOf } from "./marks.js";
import { recordTable } from "./records.js";
import { rejectTable } from "./rejects.js";
import { reviewTable } from "./review.js";
import { saveSheet } from "./sheet.js";
import { node } from "./text.js";
import { counted, firstLanguage, speak, word } from "./words.js";

const VIEWS = ["records", "charts", "review", "rejects", "about"];
let view = "records";
let rows = { records: [], rejects: [] };
let stepped = "";

const go = (row, step = "") => {
  stepped = step;
  if (row) location.hash = address(row);
  else history.replaceState(null, "", address(null));
  follow();
};
const recordRows = recordTable(go, keepAddress);
const { table: rejectRows, showReasons } = rejectTable(go, keepAddress);
const { table: reviewRows, showMarks } = reviewTable(go, keepAddress, () => refresh());
const tables = { records: recordRows, review: reviewRows, rejects: rejectRows };

/** What the page shows as its address, with the row that is open. */
function address(row) {
  const state = { view: view === VIEWS[0] ? "" : view, ...(tables[view]?.said() ?? {}), ...(view === "charts" ? pickedNow() : {}) };
  const query = written(state);
  return `${row ? addressOf(row) : "#"}${query && `?${query}`}`;
}

function keepAddress() {
  const now = address(openedRow());
  if (now !== (location.hash || "#")) history.replaceState(null, "", now);
}

/** After a step to a neighbour the focus stays on the button, so that it can be pressed again. */
function focusStep() {
  const button = stepped && document.querySelector(`#article ${stepped}`);
  if (button && !button.disabled) button.focus();
  stepped = "";
}

const listOf = (at) => (at === "rejects" ? rows.rejects : at === "review" ? reviewRows.ordered : rows.records);

/** How many of the records that are shown nobody has marked yet. */
const unmarked = () => rows.records.filter((record) => !markOf(record)).length;

function refresh() {
  rows = { records: shownRecords(), rejects: shownRejects() };
  showChosen();
  showPicked();
  const counts = { records: rows.records.length, review: unmarked(), rejects: rows.rejects.length };
  for (const [name, count] of Object.entries(counts)) node(`count-${name}`).textContent = counted(count);
  node("shown").textContent = word("filter", "shown", {
    n: counted(rows[view === "rejects" ? "rejects" : "records"].length),
    all: counted((view === "rejects" ? rejects : records).length),
  });
  if (view === "records") recordRows.show(rows.records);
  if (view === "charts") showCharts(rows.records, go, keepAddress);
  if (view === "review") {
    showMarks();
    reviewRows.show(rows.records);
  }
  if (view === "rejects") {
    showReasons();
    rejectRows.show(rows.rejects);
  }
  if (view === "about") showAbout(node("about"));
  tables[view]?.mark(openedRow());
  keepAddress();
}

function look(at) {
  view = at;
  for (const name of VIEWS) {
    const tab = node(`tab-${name}`);
    tab.setAttribute("aria-selected", String(name === at));
    tab.tabIndex = name === at ? 0 : -1;
    node(name).hidden = name !== at;
  }
  node("view").setAttribute("aria-labelledby", `tab-${at}`);
  node("view").dataset.view = at;
  refresh();
}

/** Show what an address says. */
function restore(query) {
  const said = readAddress(query);
  const at = VIEWS.includes(said.view) ? said.view : VIEWS[0];
  for (const [name, table] of Object.entries(tables)) table.restore(name === at ? said : { sort: "", page: "" });
  restorePicked(said);
  look(at);
}

/** Open what the address names; the window tells of a new address later than what was clicked has been done. */
function follow() {
  const [named, query] = parted(location.hash);
  if (query !== null && query !== (address(null).split("?")[1] ?? "")) restore(query);
  const row = rowAt(named);
  if (row && row === openedRow()) return;
  if (row) {
    openArticle(row, listOf(row.is === "record" && view !== "review" ? "records" : view), go, marked);
    focusStep();
  } else if (openedRow()) {
    const before = openedRow();
    closeArticle();
    if (!tables[view]?.focusOn(before)) node(`tab-${view}`).focus();
  }
  tables[view]?.mark(openedRow());
  keepAddress();
}

/** A record has been marked: in the view of what is to be checked the next one comes. */
function marked(onward) {
  const row = openedRow();
  const list = listOf(view);
  const next = list[list.indexOf(row) + 1];
  const page = tables[view]?.page ?? 0;
  node("count-review").textContent = counted(unmarked());
  if (view === "review") {
    showMarks();
    reviewRows.page = page;
    reviewRows.render();
  }
  const button = '[data-verdict="right"]';
  if (onward && view === "review" && next) go(next, button);
  else renewArticle(list, go, marked);
  document.querySelector(`#article ${button}`)?.focus();
}

/** Say everything in this language; what is chosen, and the page of the table, stay. */
function say(language) {
  speak(language);
  tellSummary();
  fillFacets();
  for (const table of Object.values(tables)) table.wanted = table.page;
  refresh();
  renewArticle(listOf(openedRow()?.is === "reject" ? "rejects" : view), go, marked);
}

function tellSummary() {
  const gone = unread.length ? word("page", "unread", { n: counted(unread.length) }) : "";
  node("summary").textContent =
    word("page", "summary", {
      documents: counted(documents.filter((article) => article.read).length),
      records: counted(records.length),
      rejects: counted(Object.values(data.counted).reduce((all, n) => all + n, rejects.length)),
    }) + gone;
}

function listenToTabs() {
  for (const name of VIEWS) node(`tab-${name}`).addEventListener("click", () => look(name));
  document.querySelector(".tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    look(VIEWS[(VIEWS.indexOf(view) + step + VIEWS.length) % VIEWS.length]);
    node(`tab-${view}`).focus();
  });
}

function start() {
  listen(refresh);
  listenToFacets();
  listenToTabs();
  listenToWindow(() => go(null));
  for (const button of document.querySelectorAll(".languages button")) {
    button.addEventListener("click", () => {
      say(button.dataset.language);
      button.focus();
    });
  }
  node("csv").addEventListener("click", () => saveSheet(view === "rejects" ? "rejects" : "records", tables[view].ordered));
  node("skip").addEventListener("click", (event) => {
    event.preventDefault();
    node("view").focus();
  });
  window.addEventListener("hashchange", follow);
  const [named, query] = parted(location.hash);
  speak(firstLanguage());
  tellSummary();
  fillFacets();
  restore(query ?? "");
  history.replaceState(null, "", address(rowAt(named)));
  follow();
  document.documentElement.dataset.ready = "true";
  performance.mark("ready");
}

start();
