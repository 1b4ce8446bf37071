"""jieba's dictionary, from jieba's own file alone.

By itself jieba keeps it in a file of the folder for temporary files, and takes over what it finds there under that
name, whoever wrote it: results would depend on it, and unpacking it is not safe.
"""

from __future__ import annotations

from functools import cache

import jieba


def load(tokenizer: jieba.Tokenizer) -> jieba.Tokenizer:
    """Give a tokeniser the words and counts of the dictionary, if it has none yet.

    >>> load(jieba.Tokenizer()).FREQ["学校"] > 0
    True
    """
    if not tokenizer.initialized:
        counts, tokenizer.total = _counts()
        tokenizer.FREQ, tokenizer.initialized = dict(counts), True
    return tokenizer


@cache
def _counts() -> tuple[dict[str, int], int]:
    read: tuple[dict[str, int], int] = jieba.Tokenizer.gen_pfdict(jieba.get_dict_file())
    return read
