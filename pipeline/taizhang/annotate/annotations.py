"""The annotate room's annotations: what was corrected in Label Studio, as gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from taizhang.annotate.corrected import AnnotatedGold, refuse_faults
from taizhang.annotate.gold import Gold, GoldRecord, GoldReject, Head
from taizhang.annotate.labeling import CHOSEN, LABEL, PART_OF, REASON, REJECT, TYPED
from taizhang.annotate.tasks import EQUALS
from taizhang.errors import UnreadableInput
from taizhang.model_faults import first_fault, found, wanted


class _Seen(BaseModel):
    """What is read of an export; the rest that Label Studio puts in is let be."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Item(_Seen):
    type: str
    id: str = ""
    from_name: str = ""
    value: dict[str, Any] = Field(default_factory=dict)
    from_id: str = ""
    to_id: str = ""
    direction: str = "right"


class _Annotation(_Seen):
    result: tuple[_Item, ...]
    was_cancelled: bool = False
    ground_truth: bool = False


class _Data(_Seen):
    id: str
    text: str


class _Task(_Seen):
    data: _Data
    annotations: tuple[_Annotation, ...]

    def chosen(self) -> _Annotation | None:
        """The annotation that counts; None for a task that was skipped or not annotated.

        Raises:
            ValueError: there are several, and not one of them is the ground truth.
        """
        done = [one for one in self.annotations if not one.was_cancelled]
        truth = [one for one in done if one.ground_truth]
        if len(done) > 1 and len(truth) != 1:
            raise ValueError(f"expected one annotation, or one marked as ground truth, got {len(done)}")
        return next(iter(truth or done), None)


_TASKS = TypeAdapter(tuple[_Task, ...])


def read_annotations(path: Path) -> AnnotatedGold:
    """The gold of a file that Label Studio exported as JSON, of tasks that ``taizhang export`` made.

    Raises:
        UnreadableInput: it is no such file, or annotations in it are incomplete or contradict themselves; the
            message has a line for each.
    """
    tasks = _tasks(path)
    gold: dict[str, Gold] = {}
    faults: list[str] = []
    for task in tasks:
        name = task.data.id
        try:
            annotation = task.chosen()
            if annotation is not None and name in gold:
                raise ValueError("expected one annotated task of a document, got two")
        except ValueError as error:
            faults.append(f"{name}: {error}")
            continue
        if annotation is not None:
            reader = _AnnotationReader(task.data, annotation)
            gold[name] = reader.gold()
            faults += reader.faults
    refuse_faults(path, faults)
    left = tuple(dict.fromkeys(task.data.id for task in tasks if task.data.id not in gold))
    return AnnotatedGold(tuple(gold.values()), left)


def _tasks(path: Path) -> tuple[_Task, ...]:
    try:
        return _TASKS.validate_json(path.read_bytes())
    except OSError as error:
        raise UnreadableInput("unreadable", f"{path}: {error.strerror or error}") from error
    except ValidationError as error:
        detail = first_fault(error)
        raise UnreadableInput(
            "json",
            f"{path}: expected Label Studio's export in the format JSON, of tasks that taizhang export made; "
            f"{detail}",
        ) from error


class _AnnotationReader:
    """Reads one annotation; ``faults`` says, a line each, what is missing in it or does not go together."""

    def __init__(self, data: _Data, annotation: _Annotation) -> None:
        self._data = data
        self._annotation = annotation
        self._fields: dict[str, dict[str, _Item]] = defaultdict(dict)
        self.faults: list[str] = []
        for item in annotation.result:
            if item.id:
                self._fields[item.id][item.from_name] = item

    def gold(self) -> Gold:
        """The document's records and rejected numbers in the order of the text."""
        quotes: dict[str, tuple[int, str]] = {}
        for name, fields in self._fields.items():
            if LABEL not in fields:
                self.faults.append(f"{self._data.id}: region {name}: expected a label, got none")
                continue
            try:
                quotes[name] = _quote(self._data.text, fields[LABEL].value)
            except ValueError as error:
                self.faults.append(f"{self._data.id}: region {name}: {error}")
        totals = self._totals(quotes)
        records, rejects = [], []
        for name, (start, quote) in sorted(quotes.items(), key=lambda pair: pair[1]):
            try:
                made = self._made(name, quote, totals.get(name))
            except ValueError as error:
                self.faults += [f"{self._data.id}: {quote!r} at {start}: {told}" for told in _told(error)]
                continue
            if isinstance(made, GoldRecord):
                records.append(made)
            else:
                rejects.append(made)
        return Gold(document=self._data.id, records=tuple(records), rejects=tuple(rejects))

    def _made(self, name: str, quote: str, part_of: str | None) -> GoldRecord | GoldReject:
        fields = self._fields[name]
        label = _one(fields[LABEL].value.get("labels"))
        if label == REJECT:
            reason = _one(fields[REASON].value.get("choices")) if REASON in fields else ""
            return GoldReject(doc=self._data.id, quote=quote, reason=reason)
        given: dict[str, Any] = {"quote": quote, "phase": label, "part_of": part_of}
        for control in TYPED:
            said = _texts(fields[control].value.get("text")) if control in fields else []
            given[control] = [*_heads(said)] if control == "heads" else _one(said)
        for control in CHOSEN:
            given[control] = _one(fields[control].value.get("choices")) if control in fields else ""
        return GoldRecord.model_validate(given | {"value_max": given["value_max"] or None})

    def _totals(self, quotes: dict[str, tuple[int, str]]) -> dict[str, str]:
        """For each region that is a part, the quote of its total."""
        found: dict[str, str] = {}
        for item in self._annotation.result:
            if item.type != "relation":
                continue
            part, total = (
                (item.from_id, item.to_id) if item.direction == "right" else (item.to_id, item.from_id)
            )
            if item.direction == "bi" or part in found or part not in quotes or total not in quotes:
                told = f"{item.from_id} to {item.to_id}: expected one arrow from a part to its total"
                self.faults.append(f"{self._data.id}: {PART_OF}: {told}")
                continue
            found[part] = quotes[total][1]
        return found


def _quote(text: str, value: dict[str, Any]) -> tuple[int, str]:
    """Where a region begins, in code points, and what stands in it.

    The region's own text decides whether its offsets count code points, as Label Studio does, or UTF-16 code
    units, as its versions before 1.5 did; in it a line end may be written as two characters.
    """
    start, end = value.get("start"), value.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        raise ValueError(f"expected a start and an end, got {start!r} and {end!r}")
    units = text.encode("utf-16-le", "surrogatepass")
    before, inside = (
        units[2 * low : 2 * high].decode("utf-16-le", "surrogatepass")
        for low, high in ((0, start), (start, end))
    )
    said = value.get("text")
    for at, quote in ((start, text[start:end]), (len(before), inside)):
        if quote and (said is None or said in {quote, quote.replace("\n", "\\n")}):
            return at, quote
    raise ValueError(f"expected {said!r} at {start} to {end}, got {text[start:end]!r}")


def _texts(value: object) -> list[str]:
    return [str(text).strip() for text in (value if isinstance(value, list) else [value]) if text is not None]


def _one(values: object) -> str:
    """The only one of the values; empty where there is none."""
    said = _texts(values or [])
    if len(said) > 1:
        raise ValueError(f"expected one value, got {', '.join(said)}")
    return said[0] if said else ""


def _heads(said: Sequence[str]) -> Iterator[Head]:
    for head in said:
        words = tuple(word.strip() for word in head.split(EQUALS) if word.strip())
        yield words if len(words) > 1 else "".join(words)


def _told(error: ValueError) -> list[str]:
    """A line for each field that is not as it should be."""
    if not isinstance(error, ValidationError):
        return [str(error)]
    told = []
    for fault in error.errors():
        where = ".".join(map(str, fault["loc"]))
        expected, got = wanted(fault), found(fault)
        detail = f"{where}: expected {expected}, got {got}" if where else f"expected {expected}"
        told.append(detail)
    return told
