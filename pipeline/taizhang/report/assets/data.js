// The run's data: packed columns made into rows, and the texts that rows point into.

export const PHASES = ["problem", "target", "measure", "result", "effect", "context"];
export const data = JSON.parse(document.getElementById("data").textContent);
export const documents = data.documents;
const RECORD_COLUMNS = [
  "agency", "metric", "action", "object", "value", "value_max", "unit", "bound", "kind", "phase", "time", "quote",
  "surface", "how", "candidates", "checks", "part_of", "indicator", "value_base", "unit_base", "answers", "duplicate_of",
  "fact", "against",
];
const REJECT_COLUMNS = ["scope", "reason", "detail", "quote", "rule"];

export const places = data.records.places.map(([name, code, level, ...steps]) => {
  const parts = steps.filter(Boolean);
  if (!parts.length && name) return { name, code, level, parts: [name], steps: [name] };
  return { name, code, level, parts, steps }; // a step may be empty: a municipality's districts have no city
});

export const records = data.records.id.map((id, n) => ({
  id,
  is: "record",
  ...common(data.records, n),
  ...unpacked(data.records, RECORD_COLUMNS, n),
  number: 0,
  place: places[data.records.place[n]],
  confidence: data.records.confidence[n],
}));
for (const record of records) record.number = Number(record.value);

const everyReject = data.rejects.document.map((_, n) => ({
  is: "reject",
  ...common(data.rejects, n),
  ...unpacked(data.rejects, REJECT_COLUMNS, n),
}));
export const rejects = everyReject.filter((reject) => reject.scope === "number");
export const unread = everyReject.filter((reject) => reject.scope === "article");
export const WEIGHTS = ["important", "plain", "page"]; // of reasons; one that is not known may be important
export const weightOf = (reason) => data.weights[reason] ?? WEIGHTS[0];
rejects.sort((a, b) => WEIGHTS.indexOf(weightOf(a.reason)) - WEIGHTS.indexOf(weightOf(b.reason)));

const byFact = new Map();
for (const record of records) {
  if (!record.fact) continue;
  if (!byFact.has(record.fact)) byFact.set(record.fact, []);
  byFact.get(record.fact).push(record);
}
const byId = new Map(records.map((record) => [record.id, record]));
const byDocument = documents.map(() => []);
for (const row of [...records, ...rejects]) byDocument[row.document].push(row);

function common(packed, n) {
  return {
    n,
    document: packed.document[n],
    start: packed.start[n],
    end: packed.end[n],
    raw_start: packed.raw_start[n],
    raw_end: packed.raw_end[n],
    at: packed.sentence[n],
    size: packed.sentence_size[n],
  };
}

function unpacked(packed, names, n) {
  return Object.fromEntries(names.map((name) => [name, packed[name].of[packed[name].at[n]]]));
}

/** The rule that filled each field of a record. */
export function rulesOf(record) {
  const found = {};
  for (const [field, column] of Object.entries(data.records.rules)) {
    const rule = column.of[column.at[record.n]];
    if (rule) found[field] = rule;
  }
  return found;
}

/** The other records that tell the same fact, where a merge has found some. */
export const retellings = (record) => (byFact.get(record.fact) ?? []).filter((other) => other !== record);

/** Of the records that tell one fact the first, of all others each. */
export function eachFactOnce(some) {
  const told = new Set();
  return some.filter(({ fact }) => !fact || (!told.has(fact) && told.add(fact)));
}

export const recordOf = (id) => byId.get(id);
export const rowsOf = (document) => byDocument[document];

/** The characters of an article; offsets count code points, which strings do not where there are rare characters. */
function characters(document) {
  const article = documents[document];
  if (!article.characters) {
    article.characters = /[\ud800-\udfff]/.test(article.text) ? Array.from(article.text) : article.text;
  }
  return article.characters;
}

/** A part of an article's text. */
export function slice(document, start, end) {
  const part = characters(document).slice(start, end);
  return typeof part === "string" ? part : part.join("");
}

export const lengthOf = (document) => characters(document).length;

/** The sentence that a row stands in. */
export function sentenceOf(row) {
  return typeof row.at === "string" ? row.at : slice(row.document, row.at, row.at + row.size);
}

/** Where a sentence stands in the text: its two ends, or none. */
export function sentenceSpan(row) {
  return typeof row.at === "string" ? null : [row.at, row.at + row.size];
}

/** Small letters, and numbers without separators of thousands: 1,103 is found as 1103, and the other way round. */
export const plainNumbers = (text) => text.toLowerCase().replace(/(\d)[,，](?=\d{3}(?!\d))/g, "$1");

/** What a search looks in: made once for each row. */
export function haystack(row) {
  if (row.haystack === undefined) {
    const article = documents[row.document];
    const more =
      row.is === "record"
        ? [row.metric, row.place.name, row.surface, row.agency, row.unit, row.id, ...Object.values(rulesOf(row))]
        : [row.reason, row.detail, row.rule];
    const number = row.is === "record" ? [row.value, row.value_max ?? ""] : [];
    row.haystack = plainNumbers([row.quote, ...number, sentenceOf(row), article.title, article.id, ...more].join("\n"));
  }
  return row.haystack;
}
