-- Which facts contradict each other: from `told` and `assigned` (number, fact) to the table `conflict`.

-- What a number rules out: "over 600" rules out less than 600, and no more.
CREATE TABLE stated AS
SELECT
  told.* EXCLUDE (leads, id, part, line_at, confidence, sentence, passage), coalesce(assigned.fact, told.number) AS fact,
  CASE bound WHEN 'under' THEN '-inf'::DOUBLE WHEN 'about' THEN 2 * low - high ELSE low END AS least,
  CASE bound WHEN 'over' THEN 'inf'::DOUBLE WHEN 'about' THEN 2 * high - low ELSE high END AS most,
  -- A period is settled when it is over: before that, or with an open end, another value is a later count.
  first <> '' AND last <> '9999-99-99' AND (substr(first, 1, 7) = substr(last, 1, 7) OR published > last) AS settled
FROM told LEFT JOIN assigned USING (number)
WHERE unit <> '';

CREATE TABLE subject AS
SELECT number, 'identity' AS kind, concat_ws('|', place, metric, unit, kind, phase, agency, first, last) AS key
FROM stated WHERE settled AND place <> '' AND len(letters) >= getvariable('least_contained')
UNION ALL
SELECT number, 'sentence', concat_ws('|', masked, place, unit, first, last)
FROM stated WHERE masked <> '' AND place <> '';

-- What has two values in one article is more than one thing, and so is what has many.
CREATE TABLE thing AS
SELECT kind, key FROM (
  SELECT subject.kind, key, document, count(DISTINCT value) AS "values", any_value(value) AS one
  FROM subject JOIN stated USING (number) GROUP BY subject.kind, key, document
)
GROUP BY kind, key
HAVING max("values") = 1 AND count(DISTINCT one) BETWEEN 2 AND getvariable('most_values');

CREATE TABLE conflict AS
WITH side AS (SELECT subject.kind AS rule, key, stated.* FROM subject JOIN thing USING (kind, key) JOIN stated USING (number))
SELECT a.fact AS a, b.fact AS b, min(a.rule) AS rule, min(b.number) AS number
FROM side AS a JOIN side AS b USING (rule, key)
WHERE a.fact <> b.fact AND a.document <> b.document AND (a.most < b.least OR b.most < a.least)
GROUP BY a.fact, b.fact;
