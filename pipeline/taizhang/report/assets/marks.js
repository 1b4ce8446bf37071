// What a person marks a record as: right, wrong, corrected. Kept in the browser, saved as a file, read from one.

import { data, documents, recordOf, records, sentenceOf } from "./data.js";

const LAYOUT = 1; // of the file; `taizhang import --from report` reads it
const KEY = `taizhang-marks:${data.run.outputs["records.jsonl"]}`;
export const VERDICTS = ["right", "wrong", "corrected"];
export const REASONS = ["date", "ordinal", "name", "idiom", "reference", "threshold", "boilerplate", "other"];
/** What can be corrected, each with what the record has. */
export const CORRECTED = {
  value: (record) => record.value,
  value_max: (record) => record.value_max ?? "",
  unit: (record) => record.unit,
  bound: (record) => record.bound,
  kind: (record) => record.kind,
  metric: (record) => record.metric,
  place: (record) => record.place.name,
  code: (record) => record.place.code.slice(0, 6),
  agency: (record) => record.agency ?? "",
  phase: (record) => record.phase,
  time: (record) => record.time ?? "",
};
const marks = new Map(kept());
export const memory = { works: true };

/** The marks that the browser has kept; none where it keeps nothing for such pages. */
function kept() {
  try {
    const said = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return Object.entries(said).filter(([id]) => recordOf(id));
  } catch {
    return [];
  }
}

export const markOf = (record) => marks.get(record.id) ?? null;
export const countMarks = () => marks.size;

/** Mark a record, or take its mark off. */
export function setMark(record, mark) {
  if (mark) marks.set(record.id, mark);
  else marks.delete(record.id);
  keep();
}

/** Mark the records of an article right that have no mark yet. */
export function markRest(document) {
  for (const record of ofArticle(document)) if (!marks.has(record.id)) marks.set(record.id, { verdict: "right" });
  keep();
}

export const leftOf = (document) => ofArticle(document).filter((record) => !marks.has(record.id)).length;
const ofArticle = (document) => records.filter((record) => record.document === document);

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(marks)));
  } catch {
    memory.works = false; // no room, or not allowed: the marks are there until the page is closed
  }
}

/** The marks as the file that `taizhang import` reads: every record of each article that has a mark. */
export function marksFile() {
  const touched = new Set(records.filter((record) => marks.has(record.id)).map((record) => record.document));
  const articles = [...touched].map((document) => ({
    id: documents[document].id,
    title: documents[document].title,
    records: ofArticle(document).map(markedRecord),
  }));
  return JSON.stringify({ taizhang_marks: LAYOUT, records_sha256: data.run.outputs["records.jsonl"], articles }, null, 1);
}

function markedRecord(record) {
  const mark = marks.get(record.id);
  const fields = Object.fromEntries(Object.entries(CORRECTED).map(([name, get]) => [name, get(record)]));
  const part_of = record.part_of ? (recordOf(record.part_of)?.quote ?? null) : null;
  return {
    id: record.id,
    start: record.start,
    quote: record.quote,
    sentence: sentenceOf(record),
    verdict: mark?.verdict ?? null,
    reason: mark?.reason ?? null,
    fields: { ...fields, ...(mark?.fields ?? {}) },
    action: record.action,
    object: record.object,
    part_of,
  };
}

/** Take over the marks of a file; gives how many, or none where it is no file of marks of this run. */
export function readMarks(text) {
  let content = null;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  if (content?.taizhang_marks !== LAYOUT || !Array.isArray(content.articles)) return null;
  let taken = 0;
  for (const { id, verdict, reason, fields } of content.articles.flatMap((article) => article.records ?? [])) {
    const record = recordOf(id);
    if (!record || !VERDICTS.includes(verdict)) continue;
    const changed = Object.entries(CORRECTED).filter(([name, get]) => String(fields?.[name] ?? "") !== get(record));
    const more = verdict === "corrected" ? { fields: Object.fromEntries(changed.map(([name]) => [name, String(fields[name] ?? "")])) } : {};
    marks.set(id, { verdict, ...(verdict === "wrong" ? { reason: String(reason ?? "other") } : {}), ...more });
    taken += 1;
  }
  keep();
  return taken;
}
