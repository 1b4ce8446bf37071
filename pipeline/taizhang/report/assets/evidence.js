// The evidence of one row: for each field what it holds, which rule filled it, and where it was read.

import { documents, recordOf, retellings, rulesOf, sentenceOf, sentenceSpan, slice } from "./data.js";
import { grouped, inMyriads } from "./decimal.js";
import { addressOf } from "./address.js";
import { chosen, indicatorName } from "./chosen.js";
import { phaseIcon } from "./bars.js";
import { el } from "./text.js";
import { chinese, languageNow, word } from "./words.js";

const BOUND_SIGNS = { about: "≈", over: ">", under: "<" };

/** A number as readers of the page's language read it, unless every digit is asked for; and whether some are left out. */
export function read(digits) {
  return chosen.exact || languageNow() !== "zh" ? { text: grouped(digits), rounded: false } : inMyriads(digits);
}

/** The value with every digit: bound, digits, upper end. */
export const exactValue = (record) => spelled(record, grouped);

/** The value as readers read it. */
export const valueOf = (record) => spelled(record, (digits) => read(digits).text);

function spelled(record, tell) {
  const sign = BOUND_SIGNS[record.bound] ?? "";
  const upper = record.value_max === null ? "" : `–${tell(record.value_max)}`;
  return `${sign}${tell(record.value)}${upper}`;
}

/** A number as readers read it; pointed at, it says every digit. */
export function amount(digits, attributes = {}) {
  const { text, rounded } = read(digits);
  return el("span", { ...attributes, title: text === grouped(digits) ? null : grouped(digits), class: rounded ? "rounded" : null }, text);
}

/** The same for the value of a record. */
export function valueCell(record) {
  const [text, exact] = [valueOf(record), exactValue(record)];
  if (text === exact) return text;
  const rounded = [record.value, record.value_max].some((digits) => digits !== null && read(digits).rounded);
  return el("span", { title: exact, class: rounded ? "rounded" : null }, text);
}

/** A sign on a record that validation noted something of, or that tells what another article told. */
export function flags(record) {
  const said = record.checks.map((check) => word("check", check));
  if (record.duplicate_of) said.push(word("table", "copy"));
  if (record.against.length) said.push(word("table", "contradicted"));
  if (!said.length) return null;
  const text = said.join(word("page", "comma"));
  return el("span", { class: "flag", title: text }, el("span", { "aria-hidden": "true" }, "!"), el("span", { class: "unseen" }, text));
}

/** What a row is, in a few words. */
export function titleOf(row) {
  if (row.is === "record") return `${row.metric} ${valueOf(row)} ${row.unit}`.trim();
  return `${row.quote} ${word("article", "no_record", { reason: word("reason", row.reason) })}`.trim();
}

/** A phase with its sign. */
export function phaseChip(phase) {
  return el("span", { class: "chip" }, phaseIcon(phase), word("phase", phase));
}

export function evidence(row) {
  const lines = (row.is === "record" ? recordLines(row) : rejectLines(row)).filter(Boolean);
  const head = ["field", "value", "rule"].map((name) => el("th", { scope: "col" }, word("article", name)));
  return el(
    "section",
    { class: "evidence", tabindex: "0", role: "region", "aria-label": word("article", "evidence") },
    el("h3", {}, word("article", "evidence")),
    el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, lines)),
  );
}

function line(label, inside, rule, ...more) {
  const about = more.filter(Boolean).map((part) => el("div", { class: "more" }, part));
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, label),
    el("td", {}, inside, about),
    el("td", { class: "rule" }, rule ?? ""),
  );
}

const field = (name, model = "RectificationItem") => word(model, name);

function recordLines(record) {
  const rules = rulesOf(record);
  const { place } = record;
  const none = () => el("span", { class: "none" }, word("page", "none"));
  const parts = [["action", record.action], ["object", record.object]].filter(([, said]) => said);
  return [
    ...whereLines(record),
    line(field("value"), el("span", { class: "digits" }, exactValue(record)), rules.value),
    line(field("unit"), record.unit ? chinese(record.unit) : none(), rules.unit),
    line(field("bound"), word("bound", record.bound), rules.bound),
    line(field("kind"), word("kind", record.kind), rules.kind),
    line(
      field("metric"),
      record.metric ? chinese(record.metric) : none(),
      rules.metric,
      ...parts.map(([name, said]) => [`${field(name, "Metric")} `, chinese(said)]),
    ),
    line(field("phase"), phaseChip(record.phase), rules.phase),
    line(
      field("place"),
      place.name ? [chinese(place.name), ` ${place.code}`] : none(),
      rules.place,
      [place.level && word("level", place.level), record.how && word("how", record.how)].filter(Boolean).join(" · "),
      record.surface && word("article", "as_written", { surface: record.surface }),
      record.candidates.length > 1 && word("article", "chosen", { codes: record.candidates.join(", ") }),
    ),
    line(field("time"), record.time ?? none(), rules.time),
    line(field("agency"), record.agency ? chinese(record.agency) : none(), rules.agency),
    record.indicator ? line(word("filter", "indicator"), [indicatorName(record.indicator), " ", el("code", {}, record.indicator)], rules.indicator) : null,
    record.part_of ? line(field("part_of"), linked(record.part_of), rules.part_of) : null,
    record.answers ? line(word("article", "answers"), linked(record.answers), rules.answers) : null,
    record.duplicate_of ? line(word("article", "copy_of"), linked(record.duplicate_of), rules.duplicate_of) : null,
    toldAlso(record).length ? line(word("article", "told_also"), toldAlso(record), "") : null,
    record.against.length ? line(word("article", "against"), record.against.map((id) => el("div", {}, linked(id))), "") : null,
    record.checks.length
      ? line(field("checks"), record.checks.map((check) => el("div", {}, word("check", check))), "")
      : null,
    line(field("confidence"), el("span", { class: "digits" }, record.confidence.toFixed(2)), ""),
    line(field("id"), el("code", {}, record.id), ""),
  ];
}

/** The other records that tell the same fact, each with its article. */
function toldAlso(record) {
  return retellings(record).map((other) => el("div", {}, linked(other.id), " ", chinese(titleOfDocument(other))));
}

const titleOfDocument = ({ document }) => documents[document].title || documents[document].id;

/** Another record that a record names. */
function linked(id) {
  const other = recordOf(id);
  return other ? el("a", { href: addressOf(other) }, titleOf(other)) : el("code", {}, id);
}

function rejectLines(reject) {
  return [
    ...whereLines(reject),
    line(field("reason", "Rejection"), word("reason", reject.reason), reject.rule),
    reject.detail ? line(field("detail", "Rejection"), reject.detail, "") : null,
  ];
}

/** The quote and the sentence, with where they stand in the cleaned text and in the source. */
function whereLines(row) {
  const cleaned = (start, end) => word("article", "cleaned", { start, end });
  const raw = row.raw_start === null ? "" : word("article", "raw", { start: row.raw_start, end: row.raw_end });
  const inText = row.end > row.start;
  const at = sentenceSpan(row);
  return [
    line(field("quote"), chinese(row.quote, { class: "quote" }), "", [inText && cleaned(row.start, row.end), raw].filter(Boolean).join(" · ")),
    row.size ? line(field("sentence"), sentence(row, at), "", at && cleaned(...at)) : null,
  ];
}

const BEFORE = 14; // characters of the sentence that a snippet has before the quote

/** The sentence from a little before the quote on, so that a line of it has the quote. */
export function snippet(row) {
  const at = sentenceSpan(row);
  if (!at || row.start - at[0] <= BEFORE) return sentence(row, at);
  const from = row.start - BEFORE;
  const cut = (start, end) => slice(row.document, start, end);
  const quote = el("b", {}, cut(row.start, row.end));
  return el("bdi", { lang: "zh-CN" }, "…", cut(from, row.start), quote, cut(row.end, at[1]));
}

/** The sentence with the quote marked in it, where its place is known. */
export function sentence(row, at = sentenceSpan(row)) {
  const text = sentenceOf(row);
  if (!at || row.end <= row.start) return chinese(text);
  const characters = Array.from(text);
  const [start, end] = [row.start - at[0], row.end - at[0]];
  const part = (from, to) => characters.slice(from, to).join("");
  return el("bdi", { lang: "zh-CN" }, part(0, start), el("b", {}, part(start, end)), part(end));
}
