"""Read: plain text and Markdown, and the title line of any text that has no title of its own."""

from __future__ import annotations

import re

from taizhang.align import Aligned, Edit
from taizhang.read.draft import TextWithTables
from taizhang.read.plain_tables import with_tables
from taizhang.read.shapes import TitleLine

HEADING_MARK = re.compile(r"^#{1,6}[ \t]+", re.M)
TABLE_RULE = re.compile(r"^[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+\|[ \t|:-]*+$", re.M)
HAN = re.compile("[\u4e00-\u9fff]")
MARKS = re.compile(
    r"^#{1,6}[ \t]+|`|^[ \t]{0,3}>[ \t]?|\*\*|__|!\[[^\]\n]{0,200}\]\([^()\s]{0,500}\)"
    r"|(?P<open>\[)(?=[^\[\]\n]{1,200}\]\([^()\s]{1,500}\))|(?P<close>\]\([^()\s]{1,500}\))",
    re.M,
)


def plain_text(raw: str, start: int = 0, remarks: frozenset[str] = frozenset()) -> TextWithTables:
    """The text from ``start`` without Markdown's marks, if it has headings or tables in Markdown; else as it is.

    >>> plain_text("# 工作\\n办理**12件**").text.text
    '工作\\n办理12件'
    """
    whole = Aligned.whole(raw)
    if start:
        whole = whole.cut(start, len(raw))
    if HEADING_MARK.search(raw) or TABLE_RULE.search(raw):
        whole = whole.edit([Edit(m.start(), m.end(), "", "markdown") for m in MARKS.finditer(whole.text)])
    return with_tables(whole, remarks)


def title_end(text: str, rule: TitleLine) -> int:
    """Where the title that opens ``text`` ends; 0 where its first line is no title.

    >>> from taizhang.read.shapes import reading; from taizhang.rules import RuleSet
    >>> title_end("某市改造路灯\\n共改造20盏。", reading(RuleSet()).title)
    6
    """
    end = 0
    at = text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1
    while True:
        stop = text.find("\n", at)
        line = text[at : stop if stop >= 0 else len(text)].rstrip()
        if stop < 0 or not text[stop:].strip() or not line.strip():
            return end
        if len(HAN.findall(line)) > rule.max_length or rule.full_stop in line:
            return end
        if line.rstrip(rule.closing)[-1:] in rule.sentence_ends:
            return end
        if line.startswith(("\u3000\u3000", "    ")):  # indented as a paragraph is
            return end
        end = at + len(line)
        if line[-1] not in rule.continues:
            return end
        at = stop + 1
