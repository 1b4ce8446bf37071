"""Read: what an XLSX says beside its values: which cells are shown in per cent or as a month, how far each sheet goes.

The library for workbooks gives a cell of 5.2 % as 0.052 and one of 2024年1月 as the first of January, and fills the
whole rectangle that a sheet's cells lie in.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from html import unescape
from typing import NamedTuple

WORKBOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
SHEET = re.compile(rb"<(?:\w{1,9}:)?sheet\b(?P<attributes>[^>]{1,2000})>")
RELATION = re.compile(rb"<Relationship\b(?P<attributes>[^>]{1,2000})>")
ATTRIBUTE = re.compile(rb"(?P<name>[\w:]{1,40})\s*=\s*[\"'](?P<value>[^\"']*)[\"']")
FORMAT = re.compile(rb"<(?:\w{1,9}:)?numFmt\b(?P<attributes>[^>]{1,2000})>")
STYLE_LIST = re.compile(rb"<(?:\w{1,9}:)?cellXfs\b.*?</(?:\w{1,9}:)?cellXfs>", re.S)
STYLE = re.compile(rb"<(?:\w{1,9}:)?xf\b(?P<attributes>[^>]{1,2000})>")
CELL = re.compile(rb"<(?:\w{1,9}:)?c\s(?P<attributes>[^>]{1,200})>")
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
PER_CENT = frozenset({9, 10})  # the two formats that every workbook has
MONTH = "%Y-%m"
MONTHS = frozenset({17, 55, 57})  # those of a month that every workbook has, the Chinese ones included
LITERAL = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\\.|_.')


class CellFormats(NamedTuple):
    """Of one sheet: the cells in per cent as (row, column), those shown as a month or a year with the form that dates
    take in them, and how many rows and columns its cells reach."""

    per_cent: frozenset[tuple[int, int]]
    coarse: dict[tuple[int, int], str]
    rows: int
    columns: int


def shown(archive: zipfile.ZipFile) -> dict[str, CellFormats]:
    """By the name of each sheet. ``archive`` must be within the limits already."""
    names = set(archive.namelist())
    if not {WORKBOOK, RELATIONS} <= names:
        return {}
    targets = {}
    for m in RELATION.finditer(archive.read(RELATIONS)):
        said = _attributes(m)
        targets[said.get("Id", "")] = posixpath.normpath(
            posixpath.join("xl", said.get("Target", "").lstrip("/").removeprefix("xl/"))
        )
    styles = _styles(archive.read(STYLES)) if STYLES in names else {}
    found: dict[str, CellFormats] = {}
    for m in SHEET.finditer(archive.read(WORKBOOK)):
        said = _attributes(m)
        path = targets.get(said.get("r:id", ""), "")
        if path in names:
            found[said.get("name", "")] = _sheet(archive.read(path), styles)
    return found


def _attributes(m: re.Match[bytes]) -> dict[str, str]:
    return {
        a["name"].decode(): unescape(a["value"].decode("utf-8", "replace"))
        for a in ATTRIBUTE.finditer(m["attributes"])
    }


def _styles(xml: bytes) -> dict[str, str]:
    """By its number each style that shows per cent, a month or a year: ``%``, or the form of dates in it."""
    formats = dict.fromkeys(PER_CENT, "%") | dict.fromkeys(MONTHS, MONTH)
    for m in FORMAT.finditer(xml):
        said = _attributes(m)
        if said.get("numFmtId", "").isdecimal() and (form := _form(said.get("formatCode", ""))):
            formats[int(said["numFmtId"])] = form
    listed = STYLE_LIST.search(xml)
    styles = STYLE.finditer(listed[0]) if listed else iter(())
    numbers = [_attributes(m).get("numFmtId", "0") for m in styles]
    return {str(i): formats[int(n)] for i, n in enumerate(numbers) if n.isdecimal() and int(n) in formats}


def _form(code: str) -> str:
    """What a format shows.

    >>> _form("0.0%"), _form('yyyy"年"m"月";@'), _form("yyyy-mm-dd"), _form("yyyy")
    ('%', '%Y-%m', '', '%Y')
    """
    letters = LITERAL.sub("", code.partition(";")[0]).lower()
    if "%" in code:
        return "%"
    if "y" not in letters or any(letter in letters for letter in "dhs"):
        return ""
    return MONTH if "m" in letters else "%Y"


def _sheet(xml: bytes, styles: dict[str, str]) -> CellFormats:
    per_cent: set[tuple[int, int]] = set()
    coarse: dict[tuple[int, int], str] = {}
    rows = columns = 0
    for m in CELL.finditer(xml):
        said = _attributes(m)
        place = REFERENCE.fullmatch(said.get("r", ""))
        if not place:
            continue
        column = 0
        for letter in place[1]:
            column = column * 26 + ord(letter) - 64
        rows, columns = max(rows, int(place[2])), max(columns, column)
        form = styles.get(said.get("s", ""))
        if form == "%":
            per_cent.add((int(place[2]) - 1, column - 1))
        elif form:
            coarse[int(place[2]) - 1, column - 1] = form
    return CellFormats(frozenset(per_cent), coarse, rows, columns)
