-- Which records tell the same fact: from the table `told` (a record a row) and the rules to the table `link` (a, b, rank).
-- Records that agree in everything that is compared are gone through once, as one row of `node`; all joins are on equal
-- keys, so that the work grows with the records and not with their pairs.

CREATE MACRO place_agreement(a, b) AS CASE
  WHEN a = '' OR b = '' THEN 'open'
  WHEN a = b THEN 'same'
  WHEN starts_with(a, b) OR starts_with(b, a) THEN 'nested'
  ELSE 'different'
END;

-- What has no time was true when it was published, or before.
CREATE MACRO untimed_agreement(published, first, last) AS CASE
  WHEN published IS NULL THEN 'open'
  WHEN substr(first, 1, 4)::INTEGER > published THEN 'different'
  WHEN published - substr(last, 1, 4)::INTEGER > getvariable('same_years') THEN 'far'
  ELSE 'open'
END;

CREATE MACRO time_agreement(first_a, last_a, year_a, first_b, last_b, year_b) AS CASE
  WHEN first_a = '' AND first_b = '' THEN CASE WHEN abs(year_a - year_b) > getvariable('same_years') THEN 'far' ELSE 'open' END
  WHEN first_a = '' THEN untimed_agreement(year_a, first_b, last_b)
  WHEN first_b = '' THEN untimed_agreement(year_b, first_a, last_a)
  WHEN first_a = first_b AND last_a = last_b THEN 'same'
  WHEN (first_a <= first_b AND last_b <= last_a) OR (first_b <= first_a AND last_a <= last_b) THEN 'nested'
  ELSE 'different'
END;

CREATE MACRO share(a, b) AS len(list_intersect(a, b)) / least(len(a), len(b));

CREATE MACRO metric_agreement(metric_a, letters_a, action_a, metric_b, letters_b, action_b) AS CASE
  WHEN metric_a = metric_b AND (letters_a = letters_b OR action_a = action_b OR action_a = '' OR action_b = '')
    THEN 'same'
  WHEN action_a <> action_b AND action_a <> '' AND action_b <> '' THEN 'none'
  WHEN share(letters_a, letters_b) = 1 AND least(len(letters_a), len(letters_b)) >= getvariable('least_contained')
    THEN 'contained'
  WHEN share(letters_a, letters_b) >= getvariable('related_share') THEN 'related'
  ELSE 'none'
END;

CREATE MACRO opposed(a, b) AS (a = 'over' AND b = 'under') OR (a = 'under' AND b = 'over');

-- Two rows of told or node, a and b, by the first rule of one kind under which they tell the same fact.
CREATE MACRO judged(pairs, way) AS TABLE
  WITH agreement AS (
    SELECT
      a.number AS a, b.number AS b, CASE way WHEN 'rounded' THEN greatest(a.digits, b.digits) ELSE least(a.digits, b.digits) END AS digits, a.kind AS kind, a.local AND b.local AS local,
      a.change OR b.change AS change,
      place_agreement(a.place, b.place) AS places,
      metric_agreement(a.metric, a.letters, a.action, b.metric, b.letters, b.action) AS metrics,
      time_agreement(a.first, a.last, a.year, b.first, b.last, b.year) AS times
    FROM query_table(pairs) AS pair
    JOIN told AS a ON a.number = pair.a
    JOIN told AS b ON b.number = pair.b
    WHERE NOT opposed(a.bound, b.bound) AND (a.stage = b.stage OR way IN ('sentence', 'passage'))
  )
  SELECT a, b, min(rule.rank) AS rank
  FROM agreement
  JOIN rule ON rule.kind = way AND list_contains(rule.places, agreement.places)
    AND (len(rule.metrics) = 0 OR list_contains(rule.metrics, agreement.metrics))
    AND list_contains(rule.times, agreement.times)
    -- A change is one of a certain time, and the next one may be as large.
    AND (agreement.times = 'same' OR NOT agreement.change OR way NOT IN ('quantity', 'rounded'))
    AND agreement.digits >= rule.digits
    AND (agreement.local OR NOT rule.local) AND (len(rule.kinds) = 0 OR list_contains(rule.kinds, agreement.kind))
  GROUP BY ALL;

CREATE TABLE link (a INTEGER, b INTEGER, rank INTEGER);

-- The same record of an article that was read twice.
INSERT INTO link
SELECT head, number, rank
FROM (SELECT number, min(number) OVER (PARTITION BY id) AS head FROM told) CROSS JOIN rule
WHERE rule.kind = 'record' AND head < number;

-- Copies of a sentence or a passage: each to the first with the same place and time, and these to one another.
CREATE TABLE copy AS
SELECT min(number) AS head, list(number) AS members, 'sentence' AS kind, sentence AS key, place, unit
FROM told WHERE sentence <> '' GROUP BY sentence, value, unit, place, bound, first, last, year
UNION ALL
SELECT min(number), list(number), 'passage', passage, place, unit
FROM told WHERE passage <> '' GROUP BY passage, value, unit, place, bound, first, last, year;

CREATE TABLE copy_pair AS
SELECT head AS a, unnest(members) AS b, kind FROM copy
UNION ALL
SELECT a.head, b.head, a.kind FROM copy AS a JOIN copy AS b ON a.kind = b.kind AND a.key = b.key AND a.place = b.place
UNION ALL
SELECT a.head, b.head, a.kind FROM copy AS a JOIN copy AS b ON a.kind = b.kind AND a.key = b.key WHERE a.place = '';

CREATE TABLE sentence_pair AS
SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b FROM copy_pair WHERE a <> b AND kind = 'sentence';
CREATE TABLE passage_pair AS
SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b FROM copy_pair WHERE a <> b AND kind = 'passage';
INSERT INTO link FROM judged('sentence_pair', 'sentence');
INSERT INTO link FROM judged('passage_pair', 'passage');

-- The same quantity. A number of two digits is too common to be looked up without what it counts.
CREATE TABLE node AS
SELECT
  min(number) AS number, list(number) AS members, value, unit, kind, digits, low, high, bound, leads, place, metric,
  letters, action, stage, first, last, year
FROM told WHERE digits >= 2 AND unit <> ''
GROUP BY value, unit, kind, digits, low, high, bound, leads, place, metric, letters, action, stage, first, last, year;

CREATE TABLE quantity_pair AS
SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b
FROM (
  SELECT number AS a, unnest(members) AS b FROM node
  UNION ALL
  SELECT a.number, b.number FROM node AS a JOIN node AS b USING (value, unit, place, metric)
  UNION ALL
  SELECT a.number, b.number FROM node AS a JOIN node AS b USING (value, unit, place)
  WHERE a.digits >= 3
  UNION ALL
  SELECT a.number, b.number FROM node AS a JOIN node AS b USING (value, unit)
  WHERE a.digits >= 4 AND place_agreement(a.place, b.place) IN ('open', 'nested')
)
WHERE a <> b;
INSERT INTO link FROM judged('quantity_pair', 'quantity');

-- A rounded number and a more exact one within its reach, unless several different ones are.
CREATE TABLE reach AS
SELECT DISTINCT rounded.number AS a, exact.number AS b, exact.value
FROM (SELECT *, unnest(leads) AS lead FROM told WHERE low < high AND bound <> 'range' AND unit <> '') AS rounded
JOIN (SELECT *, unnest(leads) AS lead FROM node WHERE low = high) AS exact USING (unit, place, metric, stage, lead)
WHERE exact.low BETWEEN rounded.low AND rounded.high AND exact.digits > rounded.digits AND exact.digits >= 3;

CREATE TABLE rounded_pair AS
SELECT a, b FROM reach WHERE a IN (SELECT a FROM reach GROUP BY a HAVING count(DISTINCT value) = 1);
INSERT INTO link FROM judged('rounded_pair', 'rounded');

-- What else two articles share that share facts already.
CREATE TABLE companion AS
SELECT least(a.document, b.document) AS a, greatest(a.document, b.document) AS b
FROM link JOIN told AS a ON a.number = link.a JOIN told AS b ON b.number = link.b
WHERE a.document <> b.document
GROUP BY ALL
HAVING count(DISTINCT (a.value, a.unit)) >= getvariable('companions');

CREATE TABLE companion_pair AS
SELECT a.number AS a, b.number AS b
FROM companion
JOIN told AS a ON a.document = companion.a
JOIN told AS b ON b.document = companion.b AND b.value = a.value AND b.unit = a.unit;
INSERT INTO link FROM judged('companion_pair', 'companion');
