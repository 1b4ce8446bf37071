"""The check room's list: what must hold of a run, in the order of the report, and the pass that finds it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from taizhang.check.accounts import Accounts
from taizhang.check.dumps import Dumps
from taizhang.check.files import check_files, check_formats
from taizhang.check.lines import Item, NumberedLine, articles_of
from taizhang.check.records import check_article
from taizhang.check.report import Check, CheckReport
from taizhang.check.values import QuoteValues
from taizhang.errors import RunFolderError
from taizhang.messages import _
from taizhang.records import RectificationItem, Rejection
from taizhang.rules import RuleSet
from taizhang.run.folder import RECORDS, REJECTS, RunFolder

CHECKS = {
    "files": "each file that the manifest names is there, with its SHA-256",
    "formats": "each other format has as many records as the manifest says",
    "lines": "each line is a record or a rejection",
    "articles": "articles in = articles done + articles rejected",
    "counts": "records and rejections are as many as the manifest says, by article and reason",
    "numerals": "numerals seen = in records + in rejections, by article and in all",
    "ids": "ids are unique and what their record says",
    "parts": "a part's total is a record of the same article",
    "spans": "spans are as long as quotes, in order and apart; the quote is in the sentence",
    "values": "values are what their quotes say",
    "texts": "quotes and spans are those of the texts in debug/, and no numeral in them is left out",
}


def check_run(
    path: Path, rules: RuleSet, progress: Callable[[str, int], object] | None = None
) -> CheckReport:
    """Hold a finished run against all that must be true of it.

    Records are read one article at a time; what is kept is a small entry for each article.

    Args:
        path: a folder that ``taizhang run`` wrote.
        rules: the rules of the run; with others, values are not read again.
        progress: called after each article with the name of the file and the number of lines so far.

    Raises:
        RunFolderError: there is no finished run of this version in the folder.
        RuleError: a rule file does not say what it should.

    >>> from taizhang.rules import RuleSet
    >>> check_run(Path("no such folder"), RuleSet())
    Traceback (most recent call last):
    taizhang.errors.RunFolderError: no such folder: expected a folder that taizhang run wrote, got no such folder
    """
    folder = RunFolder.open(path)
    report = CheckReport({name: Check(name, _(about)) for name, about in CHECKS.items()})
    check_files(folder, report["files"])
    _check_lines(folder, rules, report, progress or (lambda name, number: None))
    check_formats(folder, report["formats"])
    return report


def _check_lines(
    folder: RunFolder, rules: RuleSet, report: CheckReport, told: Callable[[str, int], object]
) -> None:
    """Hold each line of both files against the others, the manifest and the dumps."""
    dumps = Dumps(folder.path, report["texts"])
    values = QuoteValues(folder, rules, report["values"])
    accounts = Accounts(folder.manifest, report)
    for records in _articles(folder, RECORDS, RectificationItem, report, accounts):
        accounts.add(records)
        dumps.check(records)
        check_article(records, report)
        values.check(records)
        told(RECORDS, records[-1].number)
    for rejects in _articles(folder, REJECTS, Rejection, report, accounts):
        accounts.add(rejects)
        dumps.check(rejects)
        told(REJECTS, rejects[-1].number)
    accounts.close()
    every = folder.manifest.rejects == "all" and accounts.has_all_lines
    dumps.close(rules, values.same_rules and every)


def _articles(
    folder: RunFolder, name: str, model: type[Item], report: CheckReport, accounts: Accounts
) -> Iterator[list[NumberedLine[Item]]]:
    """The lines of one file of the run, an article at a time; none where the run wrote no such file."""
    try:
        path = folder.file(name)
    except RunFolderError:
        accounts.without(name)
        return
    yield from articles_of(path, model, report["lines"])
