"""The aggregates' room: the question, checked, then asked of a run's records in DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from taizhang.aggregates.rows import BY, LEVELS, PHASES, AggregateRow, checked
from taizhang.base_units import BaseUnits, times
from taizhang.errors import OutputError, QueryError, UnitError
from taizhang.given import folders, names, path
from taizhang.indicators.find import Indicators
from taizhang.indicators.shapes import TABLE, WORDS, Indicator, IndicatorFile
from taizhang.merge.numbers import UnitClasses
from taizhang.merge.shapes import MERGE, MergeRules
from taizhang.rules import RuleSet
from taizhang.run.facts import facts_file
from taizhang.run.folder import RECORDS, RunFolder
from taizhang.write.extras import needed

EXTRA = "duckdb"
AGREES = Decimal("0.5")  # percentage points that a stated change and the one worked out may be apart
_TOLD, _AGGREGATE = (Path(__file__).with_name(name) for name in ("told.sql", "aggregate.sql"))
_ROWS_AT_ONCE = 5_000
_NAMES = tuple(AggregateRow.model_fields)[:9]  # what parts the rows
_AS_IT_IS = Fraction(1)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a ledger.

    Attributes:
        by: what parts the rows, besides indicator, phase, kind and unit, which always do.
        level: to which level places are gathered; empty: each place by itself.
        phases, indicators: that are asked for; all where there are none.
        unit: that the values are to be in; empty: the base unit of each.
        keep_copies: whether what a copy of an article tells again counts too.
    """

    by: tuple[str, ...] = BY
    level: str = ""
    phases: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    unit: str = ""
    keep_copies: bool = False

    def check(self, known: dict[str, Indicator]) -> None:
        """Whether it can be asked.

        Raises:
            QueryError: names the option, what was expected and what was got.
        """
        checked(self.by, BY, "by")
        checked(self.phases, PHASES, "phase")
        checked((self.level,) if self.level else (), LEVELS, "level")
        if self.level and "place" not in self.by:
            raise QueryError(f"level: expected place among by with it, got by {','.join(self.by)}")
        for name in self.indicators:
            if name not in known:
                near = ", ".join(sorted(k for k in known if k.split(".")[0] == name.split(".")[0])[:8])
                raise QueryError(
                    f"indicator: expected the id of one in indicators.tsv, such as {near or 'gdp'}, got {name!r}"
                )


def aggregate(  # noqa: PLR0913 - all but the folder may be left out
    run_dir: Path | str,
    by: Sequence[str] = BY,
    *,
    level: str = "",
    phase: Sequence[str] = (),
    indicator: Sequence[str] = (),
    unit: str = "",
    keep_copies: bool = False,
    rules_dirs: Sequence[Path] = (),
) -> tuple[AggregateRow, ...]:
    """The figures that the records of a run come to: one row for each place, year, indicator, phase and unit.

    Counts, money and measures are added up, each fact once; of percentages, rates and scores there is a value only
    where all agree. A part is not added to its total, a county not to its city, a month not to its year. Where a
    merge of the same records is in the folder, its facts are used.

    Args:
        run_dir: a folder that ``taizhang run`` wrote with the format jsonl.
        by: some of ``place``, ``year``, ``indicator``.
        level: ``province``, ``city`` or ``county``: smaller places are gathered to it.
        phase: phases that are asked for; all unless given.
        indicator: ids of indicators that are asked for; all unless given.
        unit: the unit to have the values in, such as ``亩``; the base unit of each unless given.
        keep_copies: count what a copy of an article tells again, too.
        rules_dirs: folders with rules of your own, as for the run.

    Raises:
        RunFolderError: no finished run of this version is there, or it has no ``records.jsonl``.
        QueryError: an unknown level, phase, indicator or column; records have an indicator that the rules do not name.
        TypeError: an argument of another type.
        UnitError: values in a unit that does not turn into ``unit``.
        OutputError: duckdb is not installed, or fails.
    """
    asked = (names(name, value) for name, value in (("by", by), ("phase", phase), ("indicator", indicator)))
    by, phase, indicator = asked
    question = Question(by, level, phase, indicator, unit, keep_copies)
    rules = RuleSet(folders("rules_dirs", rules_dirs))
    return tuple(answers(RunFolder.open(path("run_dir", run_dir)), rules, question))


def answers(folder: RunFolder, rules: RuleSet, question: Question) -> Iterator[AggregateRow]:
    """The rows one by one, in the order of place, year, indicator. Raises: see ``aggregate``."""
    known = Indicators.of(rules).known
    question.check(known)
    records = folder.file(RECORDS)
    duckdb: Any = needed("duckdb", EXTRA)
    units = BaseUnits.of(rules)
    try:
        with closing(duckdb.connect()) as database:
            _prepare(database, folder, rules, question)
            database.execute("SET VARIABLE records = ?", [str(records)])
            database.execute(_TOLD.read_text("utf-8"))
            _refuse_unnamed(database)
            cursor = database.execute(_AGGREGATE.read_text("utf-8"))
            while found := cursor.fetchmany(_ROWS_AT_ONCE):
                for row in found:
                    yield _row(row, units, question.unit)
    except duckdb.Error as error:
        raise OutputError(f"{folder.path}: expected to aggregate its records, got {error}") from error


def _refuse_unnamed(database: Any) -> None:
    """An indicator of the ledger that no row names would be left out without a word.

    Raises:
        QueryError: names one.
    """
    unnamed = database.execute(
        "SELECT min(indicator) FROM told ANTI JOIN indicator ON indicator.id = told.indicator"
    ).fetchone()
    if unnamed and unnamed[0]:
        raise QueryError(
            f"{RECORDS}: expected indicators of {TABLE}, got {unnamed[0]!r}; "
            "rules_dirs, or --rules, takes the rules that the run had, and indicator asks for some"
        )


def _prepare(database: Any, folder: RunFolder, rules: RuleSet, question: Question) -> None:
    """The tables and variables that the SQL works with."""
    found = Indicators.of(rules)
    asked = frozenset(question.indicators)
    falls = "(?:" + "|".join(map(re.escape, rules.load(WORDS, IndicatorFile).edges.fall)) + ")$"
    for name, value in {
        "level": question.level,
        "phases": list(question.phases),
        "keep_copies": question.keep_copies,
        "by_place": "place" in question.by,
        "by_year": "year" in question.by,
        "falls": falls,
        "only_asked": bool(asked),
    }.items():
        database.execute(f"SET VARIABLE {name} = ?", [value])
    database.execute("SET VARIABLE phases = getvariable('phases')::VARCHAR[]")
    arrow = needed("pyarrow", EXTRA)
    rows = [
        (i.id, i.zh, i.en, i.growth_of, i.adds, not asked or i.id in asked or i.growth_of in asked)
        for i in found.known.values()
    ]
    _table(database, arrow, "indicator", ("id", "zh", "en", "growth_of", "adds", "asked"), rows)
    _table(database, arrow, "canon", ("indicator", "unit", "canonical"), list(_canon(found.known, rules)))
    facts = facts_file(folder)
    database.execute("CREATE TEMP TABLE telling (record VARCHAR, fact VARCHAR, disputed BOOLEAN)")
    if facts:
        database.execute(
            "INSERT INTO telling SELECT unnest(sources).record, id, len(conflicts) > 0 FROM read_json(?, "
            "format = 'newline_delimited', maximum_object_size = 268435456, columns = {id: 'VARCHAR', "
            "conflicts: 'STRUCT(fact VARCHAR)[]', sources: 'STRUCT(record VARCHAR)[]'})",
            [str(facts)],
        )


def _table(
    database: Any, arrow: Any, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    values = zip(*rows, strict=True)
    database.register("given", arrow.table(dict(zip(columns, map(list, values), strict=True))))
    database.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM given")
    database.unregister("given")


def _canon(known: dict[str, Indicator], rules: RuleSet) -> Iterator[tuple[str, str, str]]:
    """Measure words of one indicator that count alike (个, 件, 项), and the first of them, which stands for all."""
    classes = UnitClasses(rules.load(MERGE, MergeRules).unit)
    for indicator in known.values():
        first: dict[str, str] = {}
        for unit in indicator.units:
            alike = classes.of(unit, "count")[0] if unit else classes.of(indicator.units[0], "count")[0]
            yield indicator.id, unit, first.setdefault(alike, unit)


def _row(row: Sequence[Any], units: BaseUnits, into: str) -> AggregateRow:
    """A row of the result, in the unit asked for, with the change to the year before."""
    *names, value, unit, lowest, highest = row[:13]
    records, facts, documents, contradictions, previous, stated, quotes, sources = row[13:]
    try:
        factor = units.factor(unit, into) if into else _AS_IT_IS
    except UnitError as error:
        raise UnitError(f"unit: {names[4]}: {error}") from error
    value, lowest, highest, previous = (
        v if v is None else times(v, factor) for v in (value, lowest, highest, previous)
    )
    change = None
    if value is not None and previous and names[-1] != "ratio":
        change = round((value / previous - 1) * 100, 2)
    agrees = "" if change is None or stated is None else "yes" if abs(change - stated) <= AGREES else "no"
    return AggregateRow(
        **dict(zip(_NAMES, names, strict=True)),
        value=value,
        unit=into or unit,
        lowest=lowest,
        highest=highest,
        records=records,
        facts=facts,
        documents=documents,
        contradictions=contradictions,
        previous=previous,
        change=change,
        stated_change=stated if stated is None else times(stated, _AS_IT_IS),
        change_agrees=agrees,
        quotes=tuple(quotes),
        sources=tuple(dict.fromkeys(sources)),
    )
