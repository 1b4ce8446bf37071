// A table of many rows, a page of them at a time: sorted by its heads, walked by the arrow keys.

import { el } from "./text.js";
import { counted, word } from "./words.js";

const PAGE = 100; // rows in the document, however many there are

/** A table under `host`: `columns` have a name, a cell for a row, and what a sort compares. */
export class Table {
  constructor(host, { caption, columns, label, open, changed, order }) {
    Object.assign(this, { host, caption, columns, label, open, changed });
    this.rows = [];
    this.all = 0;
    this.page = 0;
    this.current = 0;
    this.first = order ?? { column: null, down: false };
    this.order = this.first;
    this.wanted = 0;
  }

  /** Show these rows from the first page on, or from the page that an address named. */
  show(rows) {
    this.rows = rows;
    this.page = Math.min(this.wanted, Math.max(0, Math.ceil(rows.length / PAGE) - 1));
    this.wanted = 0;
    this.current = 0;
    this.render();
  }

  /** Sort and page as an address says them; empty where they are as at the beginning. */
  said() {
    const { column, down } = this.order;
    const asFirst = column === this.first.column && down === this.first.down;
    return { sort: asFirst ? "" : `${down ? "-" : ""}${column ?? ""}`, page: this.page ? String(this.page + 1) : "" };
  }

  /** Take sort and page from an address. */
  restore({ sort, page }) {
    const column = sort.replace("-", "");
    const known = this.columns.some((one) => one.name === column && one.sort);
    this.order = known ? { column, down: sort.startsWith("-") } : this.first;
    this.wanted = Math.max(0, Math.trunc(Number(page) || 1) - 1);
  }

  /** The rows in the order chosen. */
  sorted() {
    const { column, down } = this.order;
    if (!column) return this.rows;
    const key = this.columns.find((one) => one.name === column).sort;
    const keyed = this.rows.map((row) => [key(row), row]);
    // What has no value comes last whichever way the others go.
    const missing = (value) => value === null || value === undefined || value === "";
    keyed.sort(([a], [b]) => {
      if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
      const order = a < b ? -1 : a > b ? 1 : 0;
      return down ? -order : order;
    });
    return keyed.map(([, row]) => row);
  }

  render() {
    this.ordered = this.sorted();
    const from = this.page * PAGE;
    const rows = this.ordered.slice(from, from + PAGE);
    this.current = Math.min(this.current, Math.max(0, rows.length - 1));
    const head = el("tr", { role: "row" }, this.columns.map((column) => this.head(column)));
    this.body = el(
      "tbody",
      { role: "rowgroup", keydown: (event) => this.walk(event) },
      rows.map((row, n) => this.row(row, n)),
    );
    const hint = `${this.host.id}-keys`;
    this.host.replaceChildren(
      el("p", { class: "hint", id: hint }, word("table", "keys")),
      el(
        "table",
        { class: "ledger", role: "table", "aria-rowcount": this.rows.length + 1, "aria-describedby": hint },
        el("caption", { class: "unseen" }, word("table", this.caption)),
        el("thead", { role: "rowgroup" }, head),
        this.body,
      ),
      rows.length ? this.pager(from, rows.length) : el("p", { class: "nothing" }, word("filter", "empty")),
    );
  }

  head(column) {
    const { name, sort } = column;
    const label = word("table", name);
    const attributes = { role: "columnheader", scope: "col", class: name };
    if (!sort) return el("th", attributes, label);
    const mine = this.order.column === name;
    const way = mine ? (this.order.down ? "descending" : "ascending") : "none";
    const arrow = el("span", { class: "arrow", "aria-hidden": "true" }, mine ? (this.order.down ? "▼" : "▲") : "");
    const button = el("button", { type: "button", "data-sort": name, click: () => this.sortBy(name) }, label, arrow);
    return el("th", { ...attributes, "aria-sort": way }, button);
  }

  /** Up, then down, then as the run had it. */
  sortBy(name) {
    const { column, down } = this.order;
    if (column !== name) this.order = { column: name, down: false };
    else this.order = down ? { column: null, down: false } : { column: name, down: true };
    this.page = 0;
    this.current = 0;
    this.render();
    this.changed();
    this.host.querySelector(`[data-sort="${name}"]`).focus();
  }

  row(row, n) {
    const cells = this.columns.map((column, at) => {
      const inside = column.cell(row);
      const shown = at
        ? inside
        : el(
            "button",
            {
              type: "button",
              class: "open",
              tabindex: n === this.current ? "0" : "-1",
              "aria-label": word("table", "open", { what: this.label(row) }),
            },
            inside,
          );
      return el("td", { role: "cell", class: column.name, "data-head": word("table", column.name) }, shown);
    });
    const at = this.page * PAGE + n + 2; // the head is the first row
    return el("tr", { role: "row", "aria-rowindex": at, click: () => this.choose(row, n) }, cells);
  }

  choose(row, n) {
    this.focus(n, false);
    this.open(row);
  }

  /** Mark the row that is open; none where it is not on this page. */
  mark(open) {
    const from = this.page * PAGE;
    [...(this.body?.children ?? [])].forEach((line, n) => {
      if (this.ordered[from + n] === open) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
    });
  }

  focus(n, really = true) {
    const buttons = this.body.querySelectorAll("button.open");
    buttons[this.current]?.setAttribute("tabindex", "-1");
    this.current = n;
    buttons[n].setAttribute("tabindex", "0");
    if (really) buttons[n].focus();
  }

  /** Put the focus on the row that is open, or was. */
  focusOn(row) {
    const at = this.ordered.indexOf(row);
    if (at < 0) return false;
    if (Math.floor(at / PAGE) !== this.page) {
      this.page = Math.floor(at / PAGE);
      this.render();
    }
    this.focus(at % PAGE);
    return true;
  }

  walk(event) {
    const last = this.body.children.length - 1;
    const to = {
      ArrowDown: Math.min(last, this.current + 1),
      ArrowUp: Math.max(0, this.current - 1),
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.focus(to);
  }

  pager(from, shown) {
    const last = Math.ceil(this.rows.length / PAGE) - 1;
    const to = { first: 0, previous: this.page - 1, next: this.page + 1, last };
    const signs = { first: "«", previous: "‹", next: "›", last: "»" };
    const buttons = Object.entries(to).map(([name, page]) =>
      el(
        "button",
        {
          type: "button",
          "data-page": name,
          "aria-label": word("table", name),
          disabled: page < 0 || page > last || page === this.page,
          click: () => this.turn(page, name),
        },
        signs[name],
      ),
    );
    const where = { from: counted(from + 1), to: counted(from + shown), all: counted(this.rows.length) };
    return el(
      "nav",
      { class: "pager", "aria-label": word("table", "pages") },
      buttons.slice(0, 2),
      el("span", { role: "status" }, word("table", "page", where)),
      buttons.slice(2),
    );
  }

  turn(page, name) {
    this.page = page;
    this.current = 0;
    this.render();
    this.changed();
    this.host.scrollIntoView({ block: "start" });
    const button = this.host.querySelector(`[data-page="${name}"]`);
    (button.disabled ? this.body.querySelector("button.open") : button).focus({ preventScroll: true });
  }
}
