"""The annotate room's labeling: the configuration of a Label Studio project that shows and corrects records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from taizhang.records import Bound, Kind, Phase
from taizhang.write.fields import FieldText, fields

LABEL, TEXT, REASON, PART_OF, REJECT = "label", "text", "reason", "part_of", "rejected"
#: The fields that are typed in, each with the type of record that describes it and its name there.
TYPED = {
    "value": ("RectificationItem", "value"),
    "value_max": ("RectificationItem", "value_max"),
    "unit": ("RectificationItem", "unit"),
    "metric": ("Metric", "name"),
    "heads": ("Gold", "heads"),
    "place": ("Place", "name"),
    "code": ("Place", "code"),
    "agency": ("RectificationItem", "agency"),
    "time": ("RectificationItem", "time"),
}
#: The fields that are chosen, with what may be chosen.
CHOSEN = {"bound": get_args(Bound), "kind": get_args(Kind)}
PHASES: tuple[str, ...] = get_args(Phase)
#: The reasons of the annotation guide; a run may have further ones.
REASONS = ("date", "ordinal", "name", "idiom", "reference", "threshold", "boilerplate")
_COLOURS = ("#d4380d", "#d48806", "#096dd9", "#389e0d", "#531dab", "#595959")  # of the phases, in their order
_STYLE = ".htx-text{white-space:pre-wrap;line-height:2}"  # without it, runs of spaces would move the offsets


def labeling_config(reasons: Iterable[str]) -> str:
    """The configuration as XML; ``reasons``: for which numbers were rejected in the run."""
    view = Element("View")
    SubElement(view, "Style").text = _STYLE
    SubElement(SubElement(view, "Relations"), "Relation", value=PART_OF)
    labels = SubElement(view, "Labels", name=LABEL, toName=TEXT)
    for phase, colour in zip(PHASES, _COLOURS, strict=True):
        SubElement(labels, "Label", value=phase, background=colour)
    SubElement(labels, "Label", value=REJECT, background="#bfbfbf")
    SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    of_record = _shown_for(view, PHASES)
    for name, (model, field) in TYPED.items():
        text = fields().root[model][field]
        _header(of_record, text)
        typed = {"name": name, "toName": TEXT, "perRegion": "true", "editable": "true", "rows": "1"}
        several = {} if name == "heads" else {"maxSubmissions": "1"}
        SubElement(of_record, "TextArea", typed | several | {"placeholder": text.about})
    for name, values in CHOSEN.items():
        _header(of_record, fields().root["RectificationItem"][name])
        _choices(of_record, name, values)
    of_reject = _shown_for(view, (REJECT,))
    _header(of_reject, fields().root["Rejection"]["reason"])
    _choices(of_reject, REASON, dict.fromkeys((*REASONS, *sorted(reasons))))
    indent(view)
    return tostring(view, encoding="unicode") + "\n"


def _shown_for(view: Element, labels: Iterable[str]) -> Element:
    when = {"visibleWhen": "region-selected", "whenTagName": LABEL, "whenLabelValue": ",".join(labels)}
    return SubElement(view, "View", when)


def _header(view: Element, text: FieldText) -> None:
    SubElement(view, "Header", value=text.title, size="5")


def _choices(view: Element, name: str, values: Iterable[str]) -> None:
    choices = SubElement(
        view, "Choices", name=name, toName=TEXT, perRegion="true", choice="single-radio", showInline="true"
    )
    for value in values:
        SubElement(choices, "Choice", value=value)
