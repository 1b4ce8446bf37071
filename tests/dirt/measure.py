"""What dirt costs: the record F1 of a folder of articles with gold, clean, and in each kind of dirt.

``python tests/dirt/measure.py TEXTS GOLD``: TEXTS holds the articles as they came (a folder of files, or rows
as JSON Lines), GOLD a ``<id>.jsonl`` for each. Prints the F1 of each kind and its share of the clean copy's.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generator

from taizhang.article import Article
from taizhang.clean import clean
from taizhang.evaluate import evaluate
from taizhang.pipeline import shipped_pipeline
from taizhang.read import articles
from taizhang.records import Rejection

Dirt = Callable[[str, str], bytes]
KINDS: dict[str, tuple[str, Dirt]] = {
    "clean": (".txt", lambda text, _: text.encode()),
    "mirror": (".txt", lambda text, _: generator.mirror(text)),
    "page": (".html", lambda text, _: generator.page(text)),
    "mail": (".txt", lambda text, _: generator.mail(text)),
    "rows": (".jsonl", generator.row),
    "docx": (".docx", lambda text, _: generator.docx(text)),
    "pdf": (".pdf", lambda text, _: generator.pdf(text)),
}


def clean_texts(path: Path) -> dict[str, Article]:
    """The articles of ``path`` cleaned, each as if it had come so, by id."""
    rules = shipped_pipeline().rules
    found = list(articles([path], rules))
    unread = [f"{f.document.path}: {f.reason}" for f in found if isinstance(f, Rejection)]
    if unread:
        raise SystemExit("\n".join(unread))
    cleaned = (clean(article, rules) for article in found if isinstance(article, Article))
    return {c.document.id: Article.of(c.text, c.document) for c in cleaned}


def record_f1(kind: str, texts: Mapping[str, Article], gold: Path) -> float:
    """The record F1 of the articles in one kind of dirt, read and run as files; dates are given with them."""
    suffix, dirt = KINDS[kind]
    pipeline = shipped_pipeline()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = []
        for id_, original in texts.items():
            path = folder / f"{id_}{suffix}"
            path.write_bytes(dirt(original.raw, id_))
            for article in articles([path], pipeline.rules):
                if isinstance(article, Rejection):
                    raise ValueError(f"{kind} {id_}: {article.reason}: {article.detail}")
                known = {"id": id_, "published": original.document.published}
                document = article.document.model_copy(update=known)
                dated = Article(document, article.text, article.raw, article.title_end)
                lines += [json.dumps(r.model_dump(mode="json")) for r in pipeline.run(dated).result.records]
        (folder / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return evaluate(gold, folder / "records.jsonl", ()).rate("record").f1


def main() -> None:
    """Print the table."""
    texts, gold = clean_texts(Path(sys.argv[1])), Path(sys.argv[2])
    base = record_f1("clean", texts, gold)
    for kind in KINDS:
        f1 = record_f1(kind, texts, gold)
        print(f"{kind:<8} record F1 {f1:.4f}  {f1 / base:.4f} of clean")


if __name__ == "__main__":
    main()
