"""The fuzzing room's harness for atheris, led by coverage: ``python fuzz/harness.py TARGET [OPTIONS] [CORPUS…]``.

Targets: ``read`` (bytes to the readers), ``clean`` (text to the clean stage, twice), ``quantities`` (text to the
functions for plain text and to all stages). Options are libFuzzer's. An exception is a find; the input that led to it
is written to a file.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["taizhang"]):
    import taizhang
    from taizhang.article import Article
    from taizhang.clean import clean
    from taizhang.pipeline import shipped_pipeline
    from taizhang.read import ReadLimits, articles

sys.path.insert(0, str(Path(__file__).parent))
from properties import run

LIMITS = ReadLimits(file_bytes=2**20, row_bytes=2**18, unpacked_bytes=2**22, pages=20)
FOLDER = Path(tempfile.mkdtemp(prefix="taizhang-fuzz-"))


def read(data: bytes) -> None:
    """The first byte chooses the file's name, the rest is its content."""
    names = ("a.txt", "a.jsonl", "a.csv", "a.tsv", "a.md", "a.html", "a.json", "a")
    path = FOLDER / names[data[0] % len(names) if data else 0]
    path.write_bytes(data[1:])
    for found in articles([path], shipped_pipeline().rules, LIMITS):
        if isinstance(found, Article):
            text = found.text
            assert all(0 <= p.source <= p.source + p.extent <= len(found.raw) for p in text.pieces)
    path.unlink()


def clean_twice(data: bytes) -> None:
    """What is clean stays as it is."""
    rules = shipped_pipeline().rules
    once = clean(Article.of(_text(data)), rules).text
    assert clean(Article.of(once), rules).text == once


def quantities(data: bytes) -> None:
    """The functions for plain text, and all stages with their properties."""
    text = _text(data)
    for quantity in taizhang.quantities(text):
        assert text[quantity.start : quantity.end] == quantity.quote
    for date in taizhang.dates(text, published="2024-06-01"):
        assert text[date.start : date.end] == date.quote
    run(text, shipped_pipeline())


TARGETS: dict[str, Callable[[bytes], None]] = {"read": read, "clean": clean_twice, "quantities": quantities}


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def main() -> None:
    """Hand the target named first to libFuzzer, and the other words with it."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"expected one of {', '.join(TARGETS)}, got {' '.join(sys.argv[1:]) or 'none'}")
    target = TARGETS[sys.argv[1]]
    shipped_pipeline().extract("太原市解决问题614个。")  # what is built on first use is no part of a case
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
