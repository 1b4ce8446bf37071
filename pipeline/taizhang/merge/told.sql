-- The table `told`, a record a row, of what the parts of the run have written: lists apart again, articles numbered.
CREATE TABLE told AS
WITH part AS (
  SELECT *, list_position(getvariable('tables'), filename) - 1 AS part
  FROM read_parquet(getvariable('tables'), filename = true)
),
article AS (SELECT document AS name, row_number() OVER (ORDER BY min(number)) - 1 AS ordinal FROM part GROUP BY document)
SELECT
  part.* EXCLUDE (document, leads, letters, number, filename), number::INTEGER AS number, ordinal::INTEGER AS document,
  string_split(leads, chr(31)) AS leads, CASE letters WHEN '' THEN [] ELSE string_split(letters, chr(31)) END AS letters
FROM part JOIN article ON article.name = part.document
ORDER BY part.number;
