"""JioNLP over the texts on standard input: one list of (start, end, value, value_max, unit) for each."""

import contextlib
import io
import json
import sys

with contextlib.redirect_stdout(io.StringIO()):  # it greets on standard output
    import jionlp


def spans(text: str) -> list[list[object]]:
    """Amounts of money: the only quantities that it extracts from running text."""
    found = []
    for result in jionlp.ner.extract_money(text, with_parsing=True):
        numbers = result["detail"]["num"]
        numbers = numbers if isinstance(numbers, list) else [numbers]
        exact = result["detail"]["definition"] != "blur"  # 400余万: the upper end of a blur is its own guess
        high = numbers[-1] if len(numbers) > 1 and exact else None
        found.append([*result["offset"], numbers[0], high, result["detail"]["case"]])
    return found


json.dump([spans(text) for text in json.load(sys.stdin)], sys.stdout, ensure_ascii=False)
