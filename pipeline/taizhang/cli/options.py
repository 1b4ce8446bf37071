"""The commands' room: options and arguments that several commands share, and how faults are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol, TypeVar

import typer

from taizhang.errors import ALL_FAILED, AllFailedError, TaizhangError, UnreadableInput
from taizhang.messages import _, told

if TYPE_CHECKING:
    from taizhang.pipeline import Pipeline
    from taizhang.read import ReadLimits
    from taizhang.records import Rejection

SOME_UNREAD, WRONG_USAGE = 1, 2


class HasName(Protocol):
    """What ``--format`` chooses among."""

    @property
    def name(self) -> str: ...


Named = TypeVar("Named", bound=HasName)


def there(path: Path) -> Path:
    """``path`` if there is such a file or folder, or it is the standard input; typer knows no ``Path("-")``."""
    if str(path) != "-" and not path.exists():
        raise typer.BadParameter(f"{path} does not exist.")
    return path


Inputs = Annotated[
    list[Path],
    typer.Argument(
        callback=lambda paths: [there(path) for path in paths],
        metavar="INPUT",
        help="Files and folders, - for standard input: text, HTML, JSON, JSON Lines, CSV, TSV, Parquet, DOCX, "
        "PDF, and gzip, Zstandard, ZIP and WARC around them.",
    ),
]
File = Annotated[
    Path,
    typer.Argument(
        callback=there,
        dir_okay=False,
        metavar="FILE",
        help="One file with one or more articles; - for standard input.",
    ),
]
RunDir = Annotated[Path, typer.Argument(metavar="RUN_DIR", help="A folder that taizhang run wrote.")]
Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", metavar="DIR", help="A folder of rules of your own; may be given more than once."
    ),
]
Fields = Annotated[
    str,
    typer.Option(
        "--fields", metavar="SENSE=NAME,...", help="What the fields of rows are called: text=内容,title=题名."
    ),
]
LimitsText = Annotated[
    str,
    typer.Option(
        "--limits", metavar="NAME=N,...", help="How much is read: file_bytes, row_bytes, unpacked_bytes, ..."
    ),
]


def pipeline_of(rules: list[Path] | None, min_confidence: float = 0.0) -> Pipeline:
    """The pipeline of the rule folders given; the shared one of the shipped rules where none is."""
    from taizhang.pipeline import Pipeline, shipped_pipeline

    if not rules:
        return Pipeline((), min_confidence) if min_confidence else shipped_pipeline()
    return Pipeline(rules, min_confidence).prepare()


def chosen_formats(names: str, known: Sequence[Named]) -> list[Named]:
    """The formats of the names as written after ``--format``, each once."""
    by_name = {format_.name: format_ for format_ in known}
    wanted = [name.strip() for name in names.split(",")]
    for name in wanted:
        if name not in by_name:
            raise typer.BadParameter(
                f"expected some of {', '.join(by_name)}, got {name!r}", param_hint="--format"
            )
    return [by_name[name] for name in dict.fromkeys(wanted)]


def pairs(written: str, option: str) -> dict[str, str]:
    """``a=b,c=d`` as a mapping; a fault is told of ``option``."""
    found = [pair.partition("=") for pair in written.split(",") if pair]
    for name, _equals, value in found:
        if not name or not value:
            raise typer.BadParameter(f"expected NAME=VALUE,..., got {written!r}", param_hint=option)
    return {name.strip(): value.strip() for name, _equals, value in found}


def limits_of(written: str) -> ReadLimits:
    """The limits as written after ``--limits``, the others as they ship."""
    from taizhang.read import ReadLimits

    wanted = pairs(written, "--limits")
    for name, value in wanted.items():
        if name not in ReadLimits.model_fields:
            known = ", ".join(ReadLimits.model_fields)
            raise typer.BadParameter(f"expected one of {known}, got {name!r}", param_hint="--limits")
        if not (value.isdecimal() and int(value)):
            raise typer.BadParameter(
                f"expected a whole number from 1 on for {name}, got {value!r}", param_hint="--limits"
            )
    return ReadLimits.model_validate(wanted)


@contextmanager
def faults_of_use() -> Iterator[None]:
    """Our own exceptions are messages to the user, not tracebacks."""
    try:
        yield
    except AllFailedError as error:
        from taizhang.messages.codes import named

        reason, detail = named("unread", error.reason), told(error.detail)
        text = _(ALL_FAILED).format(reason=reason, articles=error.articles, detail=detail)
        typer.echo(f"taizhang: {text}", err=True)
        raise typer.Exit(WRONG_USAGE) from error
    except UnreadableInput as error:  # its code is for rejects.jsonl
        typer.echo(f"taizhang: {told(error.detail)}", err=True)
        raise typer.Exit(WRONG_USAGE) from error
    except TaizhangError as error:
        typer.echo(f"taizhang: {told(str(error))}", err=True)
        raise typer.Exit(WRONG_USAGE) from error


def not_read(reject: Rejection) -> str:
    """What a command says of an input that could not be read."""
    from taizhang.messages.codes import named

    return _("not read: {reason}: {detail}").format(
        reason=named("unread", reject.reason), detail=told(reject.detail)
    )


def echo(lines: Iterable[str]) -> None:
    """Print lines to the standard output."""
    for line in lines:
        typer.echo(line)
