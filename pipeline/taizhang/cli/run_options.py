"""The commands' room: the options of ``taizhang run``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class EngineName(StrEnum):
    """The values of ``--engine``."""

    processes = "processes"
    ray = "ray"
    spark = "spark"


class RegionFrom(StrEnum):
    """The values of ``--region-from``."""

    path = "path"


class DateFrom(StrEnum):
    """The values of ``--published-from``."""

    path = "path"


class Headers(StrEnum):
    """The values of ``--headers``."""

    en = "en"
    zh = "zh"


class Rejects(StrEnum):
    """The values of ``--rejects``."""

    all = "all"
    important = "important"
    counts = "counts"


class ColumnSet(StrEnum):
    """The values of ``--columns``."""

    short = "short"
    all = "all"


Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the ledger goes; made if missing.")]
FormatNames = Annotated[
    str, typer.Option("--format", metavar="NAMES", help="Formats of the records, joined by commas.")
]
HeadersIn = Annotated[
    Headers, typer.Option("--headers", help="Language of the column headers in CSV and XLSX.")
]
ColumnsOf = Annotated[
    ColumnSet,
    typer.Option("--columns", help="In CSV and XLSX: those that are read first, or all of a record."),
]
RejectsOf = Annotated[
    Rejects,
    typer.Option(
        "--rejects",
        help="Rejected numbers that have a line: all, those that a person may judge otherwise, or none.",
    ),
]
ShardRecords = Annotated[
    int | None,
    typer.Option(
        "--shard-records",
        min=1,
        metavar="N",
        help="Parquet in files of N records each: records-00000.parquet and so on.",
    ),
]
Debug = Annotated[bool, typer.Option("--debug", help="Also write DIR/debug/ARTICLE/: each stage and a page.")]
MinConfidence = Annotated[
    float,
    typer.Option("--min-confidence", metavar="X", min=0, max=1, help="Records under it go to the rejects."),
]
KeepCopies = Annotated[
    bool,
    typer.Option("--keep-copies", help="Count what copies of an article tell again like any record."),
]
WorkerCount = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        help="Processes that do the work; the cores, or the cluster's, unless given.",
    ),
]
Unordered = Annotated[
    bool,
    typer.Option("--unordered", help="Write each article when it is done, not in the input's order."),
]
Timeout = Annotated[
    float,
    typer.Option(
        "--timeout", metavar="SECONDS", min=0.1, help="Seconds that a worker may take over one article."
    ),
]
EngineOf = Annotated[
    EngineName, typer.Option("--engine", help="What spreads the work: processes here, Ray Data or Spark.")
]
Address = Annotated[
    str | None,
    typer.Option(
        "--address",
        metavar="CLUSTER",
        help="Of a running cluster (Ray: host:port or auto; Spark: a master); else a local one is started.",
    ),
]
Region = Annotated[
    str,
    typer.Option(
        "--region",
        metavar="PLACE",
        help="The place of all articles, by code or name: 150702, 昆明市宜良县. A row's own field wins.",
    ),
]
RegionBy = Annotated[
    RegionFrom | None,
    typer.Option("--region-from", help="path: the place is the name or code of the article's folder."),
]
Published = Annotated[
    str,
    typer.Option("--published", metavar="DATE", help="Of articles that say no date: 2024-06-20, 2024年6月."),
]
PublishedBy = Annotated[
    DateFrom | None,
    typer.Option("--published-from", help="The same from the path: 2024/0620/x.html."),
]
