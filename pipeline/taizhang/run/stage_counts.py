"""The run room's counts of one article: how much each stage found or made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taizhang.stages import Trace


def stage_counts(trace: Trace, records: int, rejects: int) -> dict[str, dict[str, int]]:
    """How much each stage found or made in one article that came to so many records and rejections."""
    cleaned, extraction, layout = trace.cleaned, trace.extraction, trace.extraction.layout
    return {
        "clean": {
            "characters": len(cleaned.text),
            "fixes": len(cleaned.fixes),
            "uncertain": len(cleaned.uncertain),
            "boilerplate": len(cleaned.boilerplate),
        },
        "segment": {
            "sections": len(layout.sections),
            "paragraphs": len(layout.paragraphs),
            "sentences": len(layout.sentences),
            "clauses": len(layout.clauses),
        },
        "extract": {
            "candidates": len(extraction.candidates),
            "exclusions": len(extraction.exclusions),
            "dates": len(extraction.dates),
            "places": len(extraction.places),
        },
        "validate": {"records": records, "rejects": rejects},
    }
