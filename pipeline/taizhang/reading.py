"""Files as a Python caller reads them: to articles, and to the results of the articles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang import given
from taizhang.article import Article
from taizhang.errors import UnreadableInput
from taizhang.pipeline import Pipeline, shipped_pipeline
from taizhang.read.files import articles
from taizhang.result import Result
from taizhang.rules import RuleSet
from taizhang.run.outcome import Outcome, outcome

if TYPE_CHECKING:
    from taizhang.given import Paths


def read(path: str | os.PathLike[str], *, skip_unread: bool = False) -> Iterator[Article]:
    """The articles of a file or a folder, one at a time, in whatever format they are.

    Args:
        path: a file (text, HTML, JSON, JSON Lines, CSV, DOCX, PDF, archives …) or a folder of such.
        skip_unread: go on past what cannot be read; ``extract_files`` tells of it, this function then does not.

    Raises:
        TypeError: ``path`` is no path.
        UnreadableInput: a file, or a row in it, cannot be read; the articles before have been given.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.txt").write_text("太原市解决问题614个。", "utf-8")
    ...     [(article.document.id, article.text.text) for article in read(folder)]
    [('a', '太原市解决问题614个。')]
    """
    return _articles(given.paths("path", path), skip_unread)


def _articles(paths: tuple[Path, ...], skip_unread: bool) -> Iterator[Article]:
    for found in articles(paths, RuleSet()):
        if isinstance(found, Article):
            yield found
        elif not skip_unread:
            raise UnreadableInput(found.reason, found.detail)


def extract_files(paths: Paths, pipeline: Pipeline | None = None) -> Iterator[Result]:
    """The records and rejections of every article in files and folders, one article at a time.

    What cannot be read is a result, too: without records, with one rejection of scope ``article`` that says why.

    Args:
        paths: one file or folder, or several; ids and order are those of ``taizhang run``.
        pipeline: with rules or settings of your own; by default the shipped rules.

    Raises:
        TypeError: ``paths`` is no path and no iterable of paths.

    >>> [result.rejects[0].reason for result in extract_files(["no such file"])]
    ['missing']
    """
    return _results(given.paths("paths", paths), pipeline or shipped_pipeline())


def _results(paths: tuple[Path, ...], pipeline: Pipeline) -> Iterator[Result]:
    for found in articles(paths, pipeline.rules):
        yield (outcome(found, pipeline) if isinstance(found, Article) else Outcome.unread(found)).result
