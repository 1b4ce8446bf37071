"""The run room's summary: on one screen what was read, what came of it, and where the seconds went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from taizhang.messages import _
from taizhang.messages.codes import named
from taizhang.run.tally import LOW, Tally

START = "start"


def summary(tally: Tally, seconds: float, folder: str) -> Table:
    """One screen: articles, records and what they lack, rejections by reason, the time in all its parts.

    Args:
        seconds: that the run took from beginning to end; what the tally does not know of is its start.
        folder: where the ledger was written to.
    """
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    table.add_row(
        _("articles"), _("{read} read, {unread} not read").format(read=tally.articles, unread=tally.unread)
    )
    for reason, count in tally.unread_reasons.most_common():
        table.add_row("", Text(f"{count} {named('unread', reason)}", style="yellow"))
    if tally.copies:
        table.add_row("", _("{count} are copies of others").format(count=tally.copies))
    table.add_row(_("records"), str(tally.records - tally.repeated))
    if tally.repeated:
        table.add_row("", _("{records} more that copies tell again").format(records=tally.repeated))
    if tally.records:
        table.add_row("", _(", ").join(_lacking(tally)))
    table.add_row(_("rejected"), _("{count} numbers").format(count=sum(tally.reasons.values())))
    if tally.reasons:
        table.add_row("", Text(_(", ").join(_reasons(tally.reasons))))
    table.add_row(_("time"), _time(tally, seconds))
    if tally.seconds:
        table.add_row("", _stages(tally))
    table.add_row(_("written to"), Text(folder))
    return table


def _lacking(tally: Tally) -> list[str]:
    """How many records a person may want to look at, and why."""
    told = {
        "place": _("{count} without place"),
        "time": _("{count} without time"),
        "checks": _("{count} with checks"),
        "low": _("{count} under confidence {low}"),
    }
    return [text.format(count=tally.lacking[name], low=LOW) for name, text in told.items()]


def _reasons(reasons: Counter[str]) -> list[str]:
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return [f"{named('reason', reason)} {count}" for reason, count in ordered]


def _time(tally: Tally, seconds: float) -> str:
    """The whole time, and in brackets its parts, which add up to it."""
    laps = tally.laps.seconds
    before = seconds - sum(laps.values())
    names = {
        START: _("start"),
        "read": _("read"),
        "articles": _("articles"),
        "write": _("write"),
        "finish": _("finish"),
    }
    spent = {name: laps.get(name, 0.0) + (before if name == START else 0.0) for name in names}
    told = _(", ").join(f"{names[name]} {time:.1f}" for name, time in spent.items())
    return _("{seconds:.1f} s").format(seconds=seconds) + _(" ({remark})").format(remark=told)


def _stages(tally: Tally) -> str:
    """What the stages took, which is more than the time where several processes were at work."""
    stages: Mapping[str, float] = tally.seconds
    told = _(", ").join(f"{named('stage', stage)} {spent:.2f}" for stage, spent in stages.items())
    return _("stages, over all processes: {stages}").format(stages=told)
