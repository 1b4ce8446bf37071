// The view of records to be checked, the least sure first, and the controls by which a person marks one.

import { records } from "./data.js";
import { CORRECTED, REASONS, VERDICTS, countMarks, leftOf, markOf, markRest, marksFile, memory, readMarks, setMark } from "./marks.js";
import { valueCell, titleOf, phaseChip, flags } from "./evidence.js";
import { placeName } from "./records.js";
import { Table } from "./table.js";
import { el, node, save } from "./text.js";
import { chinese, counted, word } from "./words.js";

const VERDICT_SIGNS = { right: "✓", wrong: "✗", corrected: "✎" };
const CHOICES = { bound: ["exact", "about", "over", "under", "range"], phase: ["problem", "target", "measure", "result", "effect", "context"] };
const KINDS = ["count", "money", "ratio", "length", "area", "volume", "weight", "duration", "rate", "score"];
const LABELS = {
  value: ["RectificationItem", "value"], value_max: ["RectificationItem", "value_max"], unit: ["RectificationItem", "unit"],
  bound: ["RectificationItem", "bound"], kind: ["RectificationItem", "kind"], metric: ["Metric", "name"], place: ["Place", "name"],
  code: ["Place", "code"], agency: ["RectificationItem", "agency"], phase: ["RectificationItem", "phase"], time: ["RectificationItem", "time"],
};

const REVIEW_TABLE = [
  { name: "value", sort: (record) => record.number, cell: valueCell },
  { name: "unit", sort: (record) => record.unit, cell: (record) => chinese(record.unit) },
  { name: "metric", sort: (record) => record.metric, cell: (record) => [el("span", { class: "name" }, chinese(record.metric)), flags(record)] },
  { name: "place", sort: (record) => record.place.code, cell: (record) => placeName(record.place) },
  { name: "phase", sort: (record) => record.phase, cell: (record) => phaseChip(record.phase) },
  { name: "time", sort: (record) => record.time, cell: (record) => record.time ?? "" },
  { name: "confidence", sort: (record) => record.confidence, cell: (record) => record.confidence.toFixed(2) },
  { name: "mark", sort: (record) => markOf(record)?.verdict, cell: (record) => verdictChip(markOf(record)) },
];

function verdictChip(mark) {
  if (!mark) return "";
  return el("span", { class: `verdict ${mark.verdict}` }, el("span", { "aria-hidden": "true" }, `${VERDICT_SIGNS[mark.verdict]} `), word("review", mark.verdict));
}

/** The table, with what is marked above it; `again` shows all of it anew. */
export function reviewTable(open, changed, again) {
  const inner = el("div", { id: "review-table" });
  const about = el("div", { class: "about-marks" });
  node("review").replaceChildren(about, inner);
  const order = { column: "confidence", down: false };
  const table = new Table(inner, { caption: "review", columns: REVIEW_TABLE, label: titleOf, open, changed, order });
  return { table, showMarks: () => about.replaceChildren(...aboutMarks(again)) };
}

function aboutMarks(again) {
  const file = el("input", { type: "file", id: "marks-file", accept: "application/json,.json", hidden: true });
  file.addEventListener("change", async () => {
    const taken = readMarks(await file.files[0].text());
    again();
    const told = taken === null ? word("review", "no_marks") : word("review", "taken", { n: counted(taken) });
    node("review").querySelector(".told").textContent = told;
  });
  const button = (name, click, disabled) => el("button", { type: "button", class: "plain-button", "data-marks": name, disabled, click }, word("review", name));
  return [
    el("p", { class: "note" }, word("review", "note")),
    el("p", {}, word("review", "marked", { n: counted(countMarks()), all: counted(records.length) }), memory.works ? null : el("strong", {}, ` ${word("review", "unkept")}`)),
    el("div", { class: "buttons" }, button("save", saveMarks, !countMarks()), button("read", () => file.click(), false), file, el("span", { class: "told", role: "status" })),
  ];
}

const saveMarks = () => save("marks.json", new Blob([marksFile()], { type: "application/json" }));

/** The controls of one record; `done` is called when it has been marked, with whether one can go on. */
export function verdicts(record, done) {
  const mark = markOf(record);
  const host = el("section", { class: "verdicts", "aria-label": word("review", "verdict") });
  const buttons = VERDICTS.map((name) =>
    el(
      "button",
      { type: "button", "data-verdict": name, "aria-pressed": String(mark?.verdict === name), click: () => (name === "right" ? put(name) : form(host, record, name, done)) },
      el("span", { "aria-hidden": "true" }, `${VERDICT_SIGNS[name]} `),
      word("review", name),
    ),
  );
  const put = (name) => {
    setMark(record, mark?.verdict === name ? null : { verdict: name });
    done(mark?.verdict !== name);
  };
  const left = leftOf(record.document);
  const rest = el("button", { type: "button", "data-verdict": "rest", disabled: !left, click: () => (markRest(record.document), done(false)) }, word("review", "rest", { n: counted(left) }));
  host.replaceChildren(el("div", { class: "buttons" }, buttons, rest));
  if (mark && mark.verdict !== "right") host.append(el("p", { class: "note" }, markTold(record, mark)));
  return host;
}

/** What a mark says beside its verdict. */
function markTold(record, mark) {
  if (mark.verdict === "wrong") return `${word("filter", "reason")}: ${word("reason", mark.reason)}`;
  return Object.entries(mark.fields)
    .map(([name, value]) => `${word(...LABELS[name])}: ${CORRECTED[name](record) || "–"} → ${value || "–"}`)
    .join("; ");
}

/** Ask for what is wrong, or for what is right instead. */
function form(host, record, verdict, done) {
  const mark = markOf(record);
  const inputs = verdict === "wrong" ? { reason: picker(REASONS, mark?.reason ?? "other", "reason") } : corrections(record, mark);
  const labels = Object.entries(inputs).map(([name, input]) =>
    el("label", {}, verdict === "wrong" ? word("filter", "reason") : word(...LABELS[name]), input),
  );
  const made = el("form", { class: "correcting" }, labels, el("button", { type: "submit" }, word("review", "keep")));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    if (verdict === "wrong") setMark(record, { verdict, reason: inputs.reason.value });
    else setMark(record, corrected(record, inputs));
    done(true);
  });
  host.querySelector("form")?.remove();
  host.append(made);
  Object.values(inputs)[0].focus();
}

function corrected(record, inputs) {
  const changed = Object.entries(inputs).filter(([name, input]) => input.value.trim() !== CORRECTED[name](record));
  if (!changed.length) return { verdict: "right" };
  return { verdict: "corrected", fields: Object.fromEntries(changed.map(([name, input]) => [name, input.value.trim()])) };
}

function corrections(record, mark) {
  const now = (name) => mark?.fields?.[name] ?? CORRECTED[name](record);
  const made = {};
  for (const name of Object.keys(CORRECTED)) {
    const choices = name === "kind" ? KINDS : CHOICES[name];
    if (choices) made[name] = picker(choices, now(name), name);
    else {
      const pattern = { value: "-?[0-9]+([.][0-9]+)?", value_max: "(-?[0-9]+([.][0-9]+)?)?", code: "([0-9]{6})?" }[name];
      made[name] = el("input", { name, autocomplete: "off", pattern, required: name === "value" || name === "metric" });
      made[name].value = now(name);
    }
  }
  return made;
}

function picker(values, value, part) {
  const select = el("select", { name: part }, values.map((one) => el("option", { value: one }, word(part, one))));
  select.value = value;
  return select;
}
