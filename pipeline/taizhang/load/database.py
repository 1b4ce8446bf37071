"""The load room's load: one run into one database, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from taizhang.load.layout import ready
from taizhang.load.merge import RowCounts, merge
from taizhang.load.staging import Progress, stage
from taizhang.load.target import Target
from taizhang.run.folder import DOCUMENTS, RECORDS, REJECTS, RunFolder


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did.

    Attributes:
        tables: for each of the tables, how its rows changed.
        made: whether the tables were made now.
        search: why a search of the sentences has no index; empty where it has one.
    """

    tables: dict[str, RowCounts]
    made: bool
    search: str


def load(
    run: RunFolder, target: Target, *, force: bool = False, progress: Progress = lambda _: None
) -> Loaded:
    """Load a run's documents, records, rejects and places; the same run a second time changes nothing.

    Args:
        run: its JSON Lines must be as the run left them.
        target: the database; tables and views are made where they are not there.
        force: drop a ledger of another layout and make it anew; let a document take the place of another one with
            the same id. Never drops what taizhang did not make.
        progress: called with the number of rows copied so far.

    Raises:
        RunFolderError: the run's files are not those of its manifest.
        OutputError: the database cannot be reached, or refuses something; then nothing has changed in it.
    """
    run.verify((RECORDS, REJECTS, DOCUMENTS))
    with target.connection() as connection:
        found = ready(connection, target.name, force)
        stage(connection, run, progress)
        return Loaded(merge(connection, target.name, force), found.made, found.search)
