"""The run room's progress: a bar where standard error is a terminal, else a plain line now and then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from taizhang.article import Article
from taizhang.records import Rejection
from taizhang.run.tally import Tally

_EVERY = 100  # articles between two plain lines


@contextmanager
def progress(console: Console) -> Iterator[Callable[[Tally, Article | Rejection], None]]:
    """What ``write_ledger`` calls after each article, for as long as the block lasts."""

    def warn(item: Article | Rejection) -> None:
        if isinstance(item, Rejection):
            path = item.document.path or item.document.id
            console.print(
                Text(f"not read: {path}: {item.reason}: {item.detail}", style="yellow"), soft_wrap=True
            )

    def line(tally: Tally, item: Article | Rejection) -> None:
        warn(item)
        if (tally.articles + tally.unread) % _EVERY == 0:
            console.print(f"{tally.articles} articles, {tally.records} records, {tally.unread} not read")

    if not console.is_terminal:
        yield line
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("articles", total=None)

        def advance(tally: Tally, item: Article | Rejection) -> None:
            warn(item)
            bar.update(task, advance=1, description=f"{tally.records} records from")

        yield advance


def summary(tally: Tally, seconds: float, folder: str) -> Table:
    """One screen: articles, records, rejections by reason, time by stage."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    unread = f", {tally.unread} could not be read" if tally.unread else ""
    table.add_row("articles", f"{tally.articles}{unread}")
    for reason, count in tally.unread_reasons.most_common():
        table.add_row("", Text(f"{count} {reason}", style="yellow"))
    table.add_row("records", str(tally.records))
    reasons = sorted(tally.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    table.add_row("rejected", f"{sum(tally.reasons.values())} numbers")
    if reasons:
        table.add_row("", Text(", ".join(f"{reason} {count}" for reason, count in reasons)))
    stages = ", ".join(f"{stage} {spent:.2f}" for stage, spent in tally.seconds.items())
    table.add_row("time", f"{seconds:.1f} s" + (f" ({stages})" if stages else ""))
    table.add_row("written to", Text(folder))
    return table
