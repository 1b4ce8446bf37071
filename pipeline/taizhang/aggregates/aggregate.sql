-- From the table `told`, a row for each record with an indicator, to the figures. `bucket` is what the rows are parted by,
-- as one number, which groups much faster than the names that it stands for.
CREATE TEMP TABLE named AS SELECT bucket, any_value(names) AS names FROM told GROUP BY bucket;

-- Parts whose total is told of the same indicator and phase would count twice.
CREATE TEMP TABLE whole AS
SELECT
  * EXCLUDE names, COALESCE(fact, hash(place_code, place_name, "time", "value", value_max)::VARCHAR) AS one_fact
FROM told
WHERE part_of IS NULL OR NOT EXISTS (
  SELECT 1 FROM told AS total
  WHERE total.id = told.part_of AND total.indicator = told.indicator AND total.phase = told.phase
);

-- What is told several times is one fact; an exact record, then the surest, stands for it. Without a merge, records are one
-- fact if place, time, phase, number and unit are the same.
CREATE TEMP TABLE fact AS
SELECT
  bucket,
  one_fact AS fact,
  arg_max({
    'path': path, 'first': first_day, 'last': last_day, 'document': document, 'published': published,
    'value': "value", 'value_max': "value_max", 'exact': bound = 'exact', 'disputed': disputed, 'unit': said_unit
  }, (bound = 'exact', confidence, -number)) AS said,
  min(number) AS number,
  COUNT(*) AS records,
  list(DISTINCT document ORDER BY document) AS documents,
  list(quote ORDER BY number) AS quotes,
  list(source ORDER BY number) AS sources
FROM whole
GROUP BY bucket, one_fact;

-- A figure of a place within another, and of a time within another, is part of the other's.
CREATE TEMP TABLE spot AS
SELECT DISTINCT bucket, said.path AS path, said.first AS first_day, said.last AS last_day FROM fact;

CREATE TEMP TABLE nested AS
SELECT DISTINCT inner_spot.*
FROM spot AS inner_spot JOIN spot AS outer_spot USING (bucket)
WHERE starts_with(inner_spot.path, outer_spot.path)
  AND (
    outer_spot.first_day <= inner_spot.first_day AND inner_spot.last_day <= outer_spot.last_day
    OR outer_spot.first_day IS NULL AND inner_spot.first_day IS NULL
  )
  AND (inner_spot.path, inner_spot.first_day, inner_spot.last_day)
    IS DISTINCT FROM (outer_spot.path, outer_spot.first_day, outer_spot.last_day);

CREATE TEMP TABLE standing AS
SELECT fact.* FROM fact
WHERE NOT EXISTS (
  SELECT 1 FROM nested
  WHERE nested.bucket = fact.bucket AND nested.path IS NOT DISTINCT FROM said.path
    AND nested.first_day IS NOT DISTINCT FROM said.first AND nested.last_day IS NOT DISTINCT FROM said.last
);

-- Two articles that give another exact number for the same place and time contradict each other. Then the one published
-- last is taken.
CREATE TEMP TABLE by_document AS
SELECT
  bucket, said.path AS path, said.first AS first_day, said.last AS last_day, said.document AS document,
  max(said.published) AS published,
  sum(said."value") AS total,
  bool_and(said.exact) AS exact,
  bool_or(said.disputed) AS disputed
FROM standing
GROUP BY bucket, said.path, said.first, said.last, said.document;

CREATE TEMP TABLE settled AS
SELECT *, CASE WHEN disputed THEN last_told ELSE added_up END AS total
FROM (
  SELECT
    bucket, path, first_day, last_day,
    bool_or(disputed)
      OR first_day IS NOT NULL AND path IS NOT NULL AND COUNT(DISTINCT total) FILTER (WHERE exact) > 1 AS disputed,
    arg_max(total, (COALESCE(published, ''), exact, document)) AS last_told,
    sum(total) AS added_up
  FROM by_document
  GROUP BY bucket, path, first_day, last_day
);

CREATE TEMP TABLE figure AS
SELECT *
FROM (
  SELECT
    bucket,
    arg_min(said.unit, number) AS unit, -- measure words that count alike are one bucket; the first one names it
    min(said."value") AS lowest,
    max(COALESCE(said."value_max", said."value")) AS highest,
    COUNT(DISTINCT said."value") AS different,
    sum(records)::BIGINT AS records,
    COUNT(*) AS facts,
    len(list_distinct(flatten(list(documents)))) AS documents,
    flatten(list(quotes ORDER BY number)) AS quotes,
    flatten(list(sources ORDER BY number)) AS sources
  FROM standing GROUP BY bucket
) JOIN (
  SELECT
    bucket, sum(total) AS total, COUNT(*) FILTER (WHERE disputed) AS contradictions,
    min(first_day) AS first_day, max(last_day) AS last_day, COUNT(DISTINCT (first_day, last_day)) AS spots,
    COUNT(DISTINCT COALESCE(path, '-')) AS places
  FROM settled GROUP BY bucket
) USING (bucket);

-- A sum is made only of what adds up: not of percentages and rates; not over articles where place or year is unknown, which
-- may tell of the same; of levels and stocks (context) only one for each place. Else a figure is given where all agree.
CREATE TEMP TABLE valued AS
SELECT
  figure.* EXCLUDE bucket, names AS bucket,
  CASE
    WHEN different = 1 THEN lowest
    WHEN indicator.adds
      AND names.kind IN ('count', 'money', 'length', 'area', 'volume', 'weight')
      AND (
        documents = 1
        OR (names.place_code <> '' OR NOT getvariable('by_place')) AND (names.year IS NOT NULL OR NOT getvariable('by_year'))
      )
      AND (names.phase <> 'context' OR spots = 1 AND facts = places)
      THEN total
  END AS "value"
FROM figure JOIN named USING (bucket) JOIN indicator ON indicator.id = names.indicator;

SELECT
  valued.bucket.place_code, valued.bucket.place_name, valued.bucket.place_level, valued.bucket.year,
  valued.bucket.indicator, indicator.zh, indicator.en, valued.bucket.phase, valued.bucket.kind,
  valued."value", valued.unit, valued.lowest, valued.highest,
  valued.records, valued.facts, valued.documents, valued.contradictions,
  previous."value" AS previous,
  growth."value" AS stated,
  valued.quotes, valued.sources
FROM valued
JOIN indicator ON indicator.id = valued.bucket.indicator
LEFT JOIN valued AS previous
  ON previous.bucket.place_code = valued.bucket.place_code AND previous.bucket.place_name = valued.bucket.place_name
  AND previous.bucket.year = valued.bucket.year - 1 AND previous.bucket.indicator = valued.bucket.indicator
  AND previous.bucket.phase = valued.bucket.phase AND previous.bucket.kind = valued.bucket.kind
  AND previous.bucket.unit = valued.bucket.unit
LEFT JOIN (
  SELECT place_code, place_name, growth_of, "year", first_day, last_day, any_value("value") AS "value"
  FROM (
    SELECT
      bucket.place_code AS place_code, bucket.place_name AS place_name, indicator.growth_of AS growth_of,
      bucket.year AS "year", first_day, last_day, "value"
    FROM valued JOIN indicator ON indicator.id = bucket.indicator
    WHERE indicator.growth_of <> '' AND spots = 1
  )
  GROUP BY place_code, place_name, growth_of, "year", first_day, last_day
  HAVING COUNT(*) = 1
) AS growth
  ON growth.place_code = valued.bucket.place_code AND growth.place_name = valued.bucket.place_name
  AND growth.growth_of = valued.bucket.indicator AND growth.year = valued.bucket.year
  AND valued.spots = 1 AND growth.first_day = valued.first_day AND growth.last_day = valued.last_day
ORDER BY valued.bucket.place_code, valued.bucket.place_name, valued.bucket.year NULLS FIRST, valued.bucket.indicator, valued.bucket.phase, valued.bucket.kind, valued.bucket.unit;
