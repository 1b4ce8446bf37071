-- The usual questions, in SQL that SQLite, DuckDB and PostgreSQL all read. What an article repeats that is a copy of an
-- earlier one (duplicate_of) is left out of all of them.

-- How much is told of each place, and in which phase it stands.
CREATE VIEW by_place AS
SELECT
  place_code,
  place_name,
  place_level,
  COUNT(*) AS records,
  COUNT(DISTINCT document_number) AS documents,
  COUNT(*) FILTER (WHERE phase = 'problem') AS problem,
  COUNT(*) FILTER (WHERE phase = 'target') AS target,
  COUNT(*) FILTER (WHERE phase = 'measure') AS measure,
  COUNT(*) FILTER (WHERE phase = 'result') AS result,
  COUNT(*) FILTER (WHERE phase = 'effect') AS effect,
  COUNT(*) FILTER (WHERE phase = 'context') AS context
FROM records
WHERE duplicate_of IS NULL
GROUP BY place_code, place_name, place_level
ORDER BY place_code, place_name, place_level;

-- How many records, documents and places each phase has, by kind of quantity.
CREATE VIEW by_phase AS
SELECT
  phase,
  kind,
  COUNT(*) AS records,
  COUNT(DISTINCT document_number) AS documents,
  COUNT(DISTINCT place_code) FILTER (WHERE place_code <> '') AS places
FROM records
WHERE duplicate_of IS NULL
GROUP BY phase, kind
ORDER BY phase, kind;

-- Records by the month that their time lies in. A time that is longer than a month, or none, has the month ''.
CREATE VIEW by_month AS
SELECT
  month,
  COUNT(*) AS records,
  COUNT(*) FILTER (WHERE phase = 'problem') AS problem,
  COUNT(*) FILTER (WHERE phase = 'result') AS result
FROM (
  SELECT
    phase,
    CASE
      WHEN "time" LIKE '____-__' OR "time" LIKE '____-__-__' THEN substr("time", 1, 7)
      WHEN "time" LIKE '____-__-__/____-__-__' AND substr("time", 1, 7) = substr("time", 12, 7)
        THEN substr("time", 1, 7)
      ELSE ''
    END AS month
  FROM records
  WHERE duplicate_of IS NULL
) AS dated
GROUP BY month
ORDER BY month;

-- What was found wrong against what was put right, by place and unit. Only quantities that can be added up; a part
-- is left out where its total stands in the same phase, or it would be counted twice.
CREATE VIEW problem_vs_result AS
SELECT
  place_code,
  place_name,
  kind,
  unit,
  COUNT(*) FILTER (WHERE phase = 'problem') AS problems,
  SUM("value") FILTER (WHERE phase = 'problem') AS problem_value,
  COUNT(*) FILTER (WHERE phase = 'result') AS results,
  SUM("value") FILTER (WHERE phase = 'result') AS result_value
FROM records
WHERE phase IN ('problem', 'result')
  AND duplicate_of IS NULL
  AND kind IN ('count', 'money', 'length', 'area', 'volume', 'weight')
  AND NOT EXISTS (
    SELECT 1 FROM records AS total WHERE total.id = records.part_of AND total.phase = records.phase
  )
GROUP BY place_code, place_name, kind, unit
ORDER BY place_code, place_name, kind, unit;

-- Each problem or target with the result that answers it: how much was found, how much of it is solved, in which words.
CREATE VIEW found_and_solved AS
SELECT
  solved.place_code AS place_code,
  solved.place_name AS place_name,
  solved.place_level AS place_level,
  COALESCE(solved."time", found."time") AS "time",
  found.phase AS phase,
  found.metric_name AS found_metric,
  found."value" AS found,
  found.unit AS unit,
  solved.metric_name AS solved_metric,
  solved."value" AS solved,
  CASE WHEN found."value" > 0 THEN ROUND(1.0 * solved."value" / found."value", 4) END AS share,
  found.quote AS found_quote,
  solved.quote AS solved_quote,
  solved.sentence AS sentence,
  found.id AS found_id,
  solved.id AS solved_id,
  solved.document_number AS document_number
FROM records AS solved
JOIN records AS found ON found.id = solved.answers AND found.document_number = solved.document_number
WHERE solved.duplicate_of IS NULL
ORDER BY solved.place_code, solved.document_number, solved.span_start;
