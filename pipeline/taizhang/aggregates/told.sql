-- The records of a run that have an indicator, in the shape that aggregate.sql works on: the table `told`.
-- Rows of a table have the order of the file by their rowid; a window that numbers them would read it on one core.
CREATE TEMP TABLE record AS
SELECT * REPLACE (TRY_CAST(value_base AS DECIMAL(38, 12)) AS value_base)
FROM read_json(
  getvariable('records'), format = 'newline_delimited', maximum_object_size = 268435456,
  columns = {
    id: 'VARCHAR',
    document: 'STRUCT(id VARCHAR, url VARCHAR, published VARCHAR)',
    place: 'STRUCT(name VARCHAR, code VARCHAR, "level" VARCHAR, province VARCHAR, city VARCHAR, county VARCHAR, township VARCHAR)',
    metric: 'STRUCT(name VARCHAR, indicator VARCHAR)',
    "value": 'VARCHAR', value_max: 'VARCHAR', value_base: 'VARCHAR', unit: 'VARCHAR', unit_base: 'VARCHAR',
    bound: 'VARCHAR', kind: 'VARCHAR', phase: 'VARCHAR', "time": 'VARCHAR',
    part_of: 'VARCHAR', duplicate_of: 'VARCHAR', quote: 'VARCHAR', confidence: 'DOUBLE'
  }
)
WHERE metric.indicator IS NOT NULL AND value_base IS NOT NULL
  AND (duplicate_of IS NULL OR getvariable('keep_copies'))
  AND (len(getvariable('phases')) = 0 OR list_contains(getvariable('phases'), phase));

CREATE TEMP TABLE told AS
WITH asked AS (
  SELECT
    record.*,
    record.rowid AS number,
    split_part("time", '/', 1) AS begins,
    CASE -- what goes on is told up to the day of publication
      WHEN "time" LIKE '%/..' THEN document.published
      WHEN contains("time", '/') THEN split_part("time", '/', 2)
      ELSE "time"
    END AS ends,
    CASE WHEN value_max IS NOT NULL THEN -- of a range, which is the only number that is not exact here
      CASE WHEN record.unit = unit_base OR TRY_CAST("value" AS DOUBLE) = 0 THEN TRY_CAST(value_max AS DECIMAL(38, 12))
      ELSE TRY_CAST(round(TRY_CAST(value_max AS DOUBLE) * value_base::DOUBLE / TRY_CAST("value" AS DOUBLE), 6) AS DECIMAL(38, 12)) END
    END AS upper,
    COALESCE(canon.canonical, unit_base) AS one_unit,
    COALESCE(indicator.growth_of, '') <> '' AND regexp_matches(metric.name, getvariable('falls')) AS falls,
    place.province LIKE '%市' AS municipality
  FROM record
  LEFT JOIN indicator ON indicator.id = metric.indicator
  LEFT JOIN canon ON canon.indicator = metric.indicator AND canon.unit = record.unit AND kind = 'count'
  WHERE value_base IS NOT NULL
    AND COALESCE(indicator.asked, NOT getvariable('only_asked')) -- one that no rule names is told of afterwards
),
dated AS (
  SELECT
    *,
    TRY_CAST(left(begins || '-01-01', 10) AS DATE) AS first_day,
    CASE length(ends)
      WHEN 4 THEN TRY_CAST(ends || '-12-31' AS DATE)
      WHEN 7 THEN last_day(TRY_CAST(ends || '-01' AS DATE))
      WHEN 10 THEN TRY_CAST(ends AS DATE)
    END AS last_day
  FROM asked
),
placed AS (
  SELECT
    *,
    CASE getvariable('level')
      WHEN 'province' THEN left(place.code, 2) || '0000'
      WHEN 'city' THEN CASE
        WHEN municipality THEN left(place.code, 2) || '0000'
        WHEN place.city <> '' THEN left(place.code, 4) || '00'
        ELSE place.code END
      ELSE place.code
    END AS at_code,
    CASE getvariable('level')
      WHEN 'province' THEN place.province
      WHEN 'city' THEN CASE
        WHEN municipality THEN place.province
        WHEN place.city <> '' THEN place.province || place.city
        ELSE place.province || place.county END
      WHEN 'county' THEN place.province || place.city || place.county
      ELSE place.name
    END AS at_name
  FROM dated
  WHERE CASE getvariable('level')
    WHEN '' THEN true
    WHEN 'province' THEN place.province <> ''
    WHEN 'city' THEN place.city <> '' OR place.county <> '' OR municipality
    ELSE place.county <> '' END
)
SELECT
  {
    'place_code': CASE WHEN getvariable('by_place') THEN at_code ELSE '' END,
    'place_name': CASE WHEN getvariable('by_place') THEN at_name ELSE '' END,
    'place_level': CASE WHEN NOT getvariable('by_place') THEN '' WHEN getvariable('level') <> '' THEN getvariable('level') ELSE place."level" END,
    'year': CASE WHEN getvariable('by_year') AND year(first_day) = year(last_day) THEN year(first_day) END,
    'indicator': metric.indicator, 'phase': phase, 'kind': kind, 'unit': one_unit
  } AS names,
  hash(names) AS bucket,
  placed.id, number, unit_base AS said_unit, part_of, metric.indicator AS indicator, phase, place.code AS place_code, place.name AS place_name,
  CASE
    WHEN place.code = '' THEN NULL
    WHEN place.code = '100000' THEN ''
    WHEN place.code LIKE '__0000' THEN left(place.code, 2)
    WHEN place.code LIKE '____00' THEN left(place.code, 4)
    WHEN place.township <> '' THEN place.code || place.township
    ELSE place.code
  END AS path,
  "time", first_day, last_day,
  CASE WHEN falls THEN -value_base ELSE value_base END AS "value",
  upper AS value_max,
  bound, confidence, quote, document.id AS document, document.published AS published,
  COALESCE(document.url, document.id) AS source,
  telling.fact, COALESCE(telling.disputed, false) AS disputed
FROM placed LEFT JOIN telling ON telling.record = placed.id;
