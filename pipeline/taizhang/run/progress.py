"""The run room's progress: a bar where standard error is a terminal, else a plain line now and then."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from taizhang.article import Article
from taizhang.messages import _, told
from taizhang.messages.codes import named
from taizhang.records import Rejection
from taizhang.run.share import Share
from taizhang.run.tally import Tally

_EVERY = 100  # articles between two plain lines
_ROWS_EVERY = 100_000  # rows between two plain lines
_ROWS_SHOWN = 1_000  # rows between two changes of the bar
_LOOK_BACK = 30.0  # seconds over which the rate is taken: what a run takes over at its start is no measure


class Pace:
    """Articles a second, and the time left, by what the last seconds brought."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int, float | None]] = deque([(monotonic(), 0, 0.0)])

    def add(self, articles: int, share: float | None) -> None:
        """Note that so many articles, and such a share of the input, are done now."""
        now = monotonic()
        if now - self._marks[-1][0] >= 1 or len(self._marks) == 1:
            self._marks.append((now, articles, share))
        else:
            self._marks[-1] = self._marks[-1][0], articles, share
        while len(self._marks) > 2 and now - self._marks[0][0] > _LOOK_BACK:
            self._marks.popleft()

    def __str__(self) -> str:
        (began, first, share_then), (_now, last, share) = self._marks[0], self._marks[-1]
        spent = max(monotonic() - began, 1e-3)
        text = _("{rate:.1f} a second").format(rate=(last - first) / spent)
        if share is None or share_then is None or share <= share_then:
            return text
        left = round((1 - share) / (share - share_then) * spent)
        time = f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
        return text + _(", about {time} left").format(time=time)


def tell(console: Console, told: str | Text) -> None:
    """Print a line for a person; where it cannot be printed, the run goes on without."""
    with suppress(OSError):  # a log on a full disk, a reader that has gone
        console.print(told, markup=False, soft_wrap=True)


class _Telling:
    """Tells a person of each input that could not be read, and how far the run is."""

    def __init__(self, console: Console, share: Share) -> None:
        self._console, self._share, self._pace = console, share, Pace()

    def note(self, tally: Tally, item: Article | Rejection) -> float | None:
        """Tell of an input that is no article; the share of the input that is done, where it is known."""
        if isinstance(item, Rejection):
            path = item.document.path or item.document.id
            text = _("not read: {path}: {reason}: {detail}").format(
                path=path, reason=named("unread", item.reason), detail=told(item.detail)
            )
            tell(self._console, Text(text, style="yellow"))
        done = self._share.add(item)
        self._pace.add(tally.articles + tally.unread, done)
        return done

    def counts(self, tally: Tally) -> str:
        """What is done so far, and how fast."""
        text = _("{articles} articles, {records} records").format(
            articles=tally.articles, records=tally.records
        )
        unread = _(", {count} not read").format(count=tally.unread) if tally.unread else ""
        return f"{text}{unread}{_(', ')}{self._pace}"

    def line(self, tally: Tally, item: Article | Rejection) -> None:
        """Note it, and now and then print a line."""
        self.note(tally, item)
        if (tally.articles + tally.unread) % _EVERY == 0:
            tell(self._console, self.counts(tally))


@contextmanager
def progress(console: Console, share: Share) -> Iterator[Callable[[Tally, Article | Rejection], None]]:
    """What ``write_ledger`` calls after each article, for as long as the block lasts."""
    telling = _Telling(console, share)
    if not console.is_terminal:
        yield telling.line
        return
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("articles"), total=None)

        def advance(tally: Tally, item: Article | Rejection) -> None:
            done = telling.note(tally, item)
            total = None if done is None else 1
            bar.update(task, completed=done or 0, total=total, description=telling.counts(tally))

        yield advance


@contextmanager
def rows_progress(console: Console, doing: str) -> Iterator[Callable[[int], None]]:
    """What is called with the number of rows done so far, for as long as the block lasts; ``doing``: what is done."""

    def line(rows: int) -> None:
        if rows % _ROWS_EVERY == 0:
            console.print(_("{doing}: {rows} rows").format(doing=doing, rows=rows), soft_wrap=True)

    if not console.is_terminal:
        yield line
        return
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def advance(rows: int) -> None:
            if rows % _ROWS_SHOWN == 0:
                bar.update(task, description=_("{doing}: {rows} rows").format(doing=doing, rows=rows))

        yield advance
