-- The usual questions, in SQL that SQLite, DuckDB and PostgreSQL all read.

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
  AND kind IN ('count', 'money', 'length', 'area', 'volume', 'weight')
  AND NOT EXISTS (
    SELECT 1 FROM records AS total WHERE total.id = records.part_of AND total.phase = records.phase
  )
GROUP BY place_code, place_name, kind, unit
ORDER BY place_code, place_name, kind, unit;
