"""The show room's explanations: for one number, which rule filled each field, or why it is no record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taizhang.extract.candidates import Candidate
from taizhang.judge import Choice, Option
from taizhang.messages import _, told, wide
from taizhang.messages.codes import called, named
from taizhang.records import Place, RectificationItem, Rejection
from taizhang.show.numbers import Number, numbers
from taizhang.validate.confidence import terms
from taizhang.write.exact_json import dumps

if TYPE_CHECKING:
    from taizhang.stages import Trace

_TERMS = 5  # pieces of evidence that are shown for a confidence
_RIVALS = 3  # options of a field that are shown beside the winner
_CONTEXT = 18  # characters on either side of a number in the overview


def overview(trace: Trace, first: int = 1, *, whole: bool = True) -> list[str]:
    """One line for each number of the article: its place in the order, what became of it, the words around.

    Args:
        trace: what the stages made of the article.
        first: the number that the article's first number has, where a file holds several articles.
        whole: with the numbers of the source that are not in the clean text, which come last.
    """
    lines = []
    for number in numbers(trace):
        if not (whole or number.in_text):
            continue
        span = number.span
        text, start, end = trace.cleaned.text, span.start, span.end
        if not number.in_text:
            text, start, end = trace.cleaned.raw, span.raw_start, span.raw_end
        before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
        around = " ".join(f"{before}⟨{text[start:end]}⟩{after}".split())
        lines.append(f"{number.n + first - 1:>4}  {wide(_became(number.outcome), 24)}  {around}")
    return lines


def explain(trace: Trace, number: Number) -> list[str]:
    """All that is known of one number, a line a fact: the value, then in brackets the rule that decided."""
    outcome = number.outcome
    lines = [f"“{outcome.quote}”  {_became(outcome)}"]
    lines += _lines((called("sentence"), outcome.sentence), (_("where"), _where(trace, number)))
    if isinstance(outcome, RectificationItem):
        lines += _lines(*_fields(outcome, _total(trace, outcome)))
        confidence = f"{outcome.confidence:.2f}{_because(trace, outcome, number.candidate)}"
        warnings = _(", ").join(named("checks", name) for name in outcome.checks)
        lines += _lines((called("checks"), warnings), (called("confidence"), confidence))
    else:
        rule = number.exclusion.rule if number.exclusion else outcome.rule
        reason = _with(named("reason", outcome.reason), rule)
        lines += _lines((_("reason"), reason), (_("detail"), told(outcome.detail)))
    if number.candidate:
        lines += _lines(*_candidate(number.candidate, outcome))
    lines += _lines(*_fixes(trace, number))
    return lines


def _became(outcome: RectificationItem | Rejection) -> str:
    if isinstance(outcome, Rejection):
        return _("no record: {reason}").format(reason=named("reason", outcome.reason))
    return _("record {value}").format(value=f"{format(outcome.value, 'f')}{outcome.unit}")


def _lines(*facts: tuple[str, str]) -> list[str]:
    return [f"  {wide(name, 12)}{value}" for name, value in facts if value]


def _with(value: str, rule: str | None) -> str:
    return f"{value}  [{rule}]" if rule else value


def _where(trace: Trace, number: Number) -> str:
    span, layout = number.span, trace.extraction.layout
    raw = f"{span.raw_start}–{span.raw_end}"
    if not number.in_text:
        return _("source text {raw} only, not in the clean text").format(raw=raw)
    section = layout.section_at(span.start)
    under = ""
    if section >= 0:
        found = layout.sections[section]
        heading = layout.text[found.heading_start : found.heading_end].strip()
        under = _(", under “{heading}”").format(heading=heading) if heading else ""
    clean = f"{span.start}–{span.end}"
    return _("clean text {clean}, source text {raw}").format(clean=clean, raw=raw) + under


def _total(trace: Trace, record: RectificationItem) -> str:
    """The total that the record is a part of, as written, with its id."""
    return next((f"“{r.quote}” {r.id}" for r in trace.result.records if r.id == record.part_of), "")


def _fields(record: RectificationItem, total: str) -> Iterator[tuple[str, str]]:
    """Each field of the record with the rule that filled it; rules of no field of that name come last."""
    value = format(record.value, "f")
    if record.value_max is not None:
        value = _("{low} to {high}").format(low=value, high=format(record.value_max, "f"))
    place = record.place
    shown = {
        "value": value,
        "unit": record.unit or _("none written"),
        "bound": named("bound", record.bound),
        "kind": named("kind", record.kind),
        "metric": _metric(record),
        "place": f"{place.name} {place.code}{_how(place)}" if place.name else _("none"),
        "agency": record.agency or "",
        "phase": named("phase", record.phase),
        "time": record.time or _("none"),
        "part_of": total,
    }
    for name, value in shown.items():
        yield called(name), _with(value, record.rules.get(name)) if value else ""
        if name == "place" and len(place.candidates) > 1:
            among = _("chosen among {codes}") if place.code else _("open among {codes}")
            yield "", among.format(codes=", ".join(place.candidates))
    for name, rule in record.rules.items():
        if name not in shown:
            yield called(name), f"[{rule}]"


def _how(place: Place) -> str:
    """How the place was found, and the words that name it."""
    how = [named("how", place.how)] if place.how else []
    if place.surface:
        how.append(_("named by “{surface}”").format(surface=place.surface))
    return _(" ({remark})").format(remark=_(", ").join(how)) if how else ""


def _because(trace: Trace, record: RectificationItem, candidate: Candidate | None) -> str:
    """The evidence that says most for the confidence and against it, in log odds."""
    if candidate is None:
        return ""
    said = terms(candidate, record.checks, trace.rules)[:_TERMS]
    return _(" ({remark})").format(remark=_(", ").join(f"{name} {weight:+.2f}" for name, weight in said))


def _metric(record: RectificationItem) -> str:
    metric = record.metric
    action = [_("action “{action}”").format(action=metric.action)] if metric.action else []
    object_ = [_("object “{object}”").format(object=metric.object)] if metric.object else []
    parts = _(", ").join(action + object_)
    return metric.name + (_(" ({remark})").format(remark=parts) if parts else "")


def _candidate(candidate: Candidate, outcome: RectificationItem | Rejection) -> Iterator[tuple[str, str]]:
    for name, choice in candidate.choices.items():
        shown = _("{field}: {options}").format(field=called(name), options=_rivals(name, choice))
        yield _("rivals"), shown
    if isinstance(outcome, Rejection):  # a candidate that validation turned down: show what it was
        yield _("candidate"), dumps({"quantity": candidate.quantity, "metric": candidate.metric.name})
        yield called("rules"), ", ".join(f"{name} [{rule}]" for name, rule in candidate.rules.items())


def _rivals(field: str, choice: Choice) -> str:
    """The winner with its probability and the evidence for it, then the best of the rest by score."""

    def of(option: Option) -> str:
        return f"{named(field, option.value) if option.value else _('none')} {option.score:.2f}"

    best = choice.winner
    others = {o.value: o for o in reversed(choice.options[1:]) if o.value != best.value}
    losers = sorted(others.values(), key=lambda o: (-o.score, o.value))[:_RIVALS]
    return " > ".join([f"{of(best)} ({choice.sure:.2f})", *map(of, losers)])


def _fixes(trace: Trace, number: Number) -> Iterator[tuple[str, str]]:
    """What cleaning changed inside the number's own source characters."""
    span = number.span
    for fix in trace.cleaned.fixes:
        if fix.raw_start < span.raw_end and fix.raw_end > span.raw_start:
            name = _("{rule}, uncertain").format(rule=fix.name) if fix.uncertain else fix.name
            change = _("{before} to {after}").format(before=repr(fix.before), after=repr(fix.after))
            yield _("cleaned"), f"{change}  [{name}]"
