// The page: its views, its address, its language, and what happens when one of them changes.

import { addressOf, closeArticle, listenToWindow, openArticle, openedRow, renewArticle, rowAt } from "./article.js";
import { showCharts } from "./charts.js";
import { documents, records, rejects } from "./data.js";
import { fillChoices, fillPhases, listen, shownRecords, shownRejects } from "./filters.js";
import { recordTable } from "./records.js";
import { rejectTable, showAbout } from "./rejects.js";
import { node } from "./text.js";
import { counted, firstLanguage, speak, word } from "./words.js";

const VIEWS = ["records", "charts", "rejects", "about"];
let view = "records";
let rows = { records: [], rejects: [] };

let stepped = "";

const go = (row, step = "") => {
  stepped = step;
  if (row) {
    location.hash = addressOf(row);
  } else {
    history.replaceState(null, "", "#");
  }
  follow();
};
const recordRows = recordTable(go);
const { table: rejectRows, showReasons } = rejectTable(go);
const tables = { records: recordRows, rejects: rejectRows };

/** After a step to a neighbour the focus stays on the button, so that it can be pressed again. */
function focusStep() {
  const button = stepped && document.querySelector(`#article [data-step="${stepped}"]`);
  if (button && !button.disabled) button.focus();
  stepped = "";
}

function refresh() {
  rows = { records: shownRecords(), rejects: shownRejects() };
  fillPhases();
  for (const name of ["records", "rejects"]) node(`count-${name}`).textContent = counted(rows[name].length);
  node("shown").textContent = word("filter", "shown", {
    n: counted(rows[view === "rejects" ? "rejects" : "records"].length),
    all: counted((view === "rejects" ? rejects : records).length),
  });
  if (view === "records") recordRows.show(rows.records);
  if (view === "charts") showCharts(rows.records, go);
  if (view === "rejects") {
    showReasons();
    rejectRows.show(rows.rejects);
  }
  if (view === "about") showAbout(node("about"));
  tables[view]?.mark(openedRow());
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

/** Open what the address names; the window tells of a new address later than what was clicked has been done. */
function follow() {
  const row = rowAt(location.hash);
  if (row && row === openedRow()) return;
  if (row) {
    const list = row.is === "record" ? rows.records : rows.rejects;
    openArticle(row, list, go);
    focusStep();
  } else if (openedRow()) {
    const before = openedRow();
    closeArticle();
    if (!tables[view]?.focusOn(before)) node(`tab-${view}`).focus();
  }
  tables[view]?.mark(openedRow());
}

function say(language) {
  speak(language);
  node("summary").textContent = word("page", "summary", {
    documents: counted(documents.length),
    records: counted(records.length),
    rejects: counted(rejects.length),
  });
  fillChoices();
  refresh();
  renewArticle(rows[openedRow()?.is === "reject" ? "rejects" : "records"], go);
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
  listenToTabs();
  listenToWindow(() => go(null));
  for (const button of document.querySelectorAll(".languages button")) {
    button.addEventListener("click", () => {
      say(button.dataset.language);
      button.focus();
    });
  }
  node("skip").addEventListener("click", (event) => {
    event.preventDefault();
    node("view").focus();
  });
  window.addEventListener("hashchange", follow);
  look("records");
  say(firstLanguage());
  follow();
  document.documentElement.dataset.ready = "true";
  performance.mark("ready");
}

start();
