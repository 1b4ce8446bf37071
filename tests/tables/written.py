"""One table written in six formats (HTML, DOCX, PDF, XLSX, Markdown, CSV), whose records must be equal."""

from __future__ import annotations

import csv
import html
import io
from typing import NamedTuple

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

FONT = "STSong-Light"
MERGED = "<"  # in a row: the cell before goes on; "^": the cell above does
DOWN = "^"


class Written(NamedTuple):
    """A table: lines above it, and rows in which ``<`` and ``^`` stand for merged cells."""

    above: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heads: int = 1

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Over how many rows and columns each cell goes."""
        found = {}
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text in (MERGED, DOWN):
                    continue
                wide = 1
                while c + wide < len(row) and row[c + wide] == MERGED:
                    wide += 1
                high = 1
                while r + high < len(self.rows) and self.rows[r + high][c] == DOWN:
                    high += 1
                found[r, c] = high, wide
        return found


def as_html(table: Written) -> bytes:
    spans = table.spans()
    rows = []
    for r, row in enumerate(table.rows):
        tag = "th" if r < table.heads else "td"
        cells = [
            f"<{tag} rowspan={spans[r, c][0]} colspan={spans[r, c][1]}>{html.escape(text)}</{tag}>"
            for c, text in enumerate(row)
            if (r, c) in spans
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    above = "".join(f"<p>{html.escape(line)}</p>" for line in table.above)
    return f"<div>{above}<table>{''.join(rows)}</table></div>".encode()


def as_markdown(table: Written) -> bytes:
    lines = [" | ".join("" if t in (MERGED, DOWN) else t for t in row) for row in table.rows]
    lines.insert(1, " | ".join("---" for _ in table.rows[0]))
    return "\n".join([*table.above, "", *(f"| {line} |" for line in lines), ""]).encode()


def as_csv(table: Written) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[line] for line in table.above])
    writer.writerows([["" if t in (MERGED, DOWN) else t for t in row] for row in table.rows])
    return out.getvalue().encode("gb18030")


def as_xlsx(table: Written) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in table.above:
        sheet.append([line])
    first = len(table.above) + 1
    for row in table.rows:
        sheet.append([_value(t) for t in row])
    for (r, c), (high, wide) in table.spans().items():
        if high > 1 or wide > 1:
            sheet.merge_cells(
                start_row=first + r, end_row=first + r + high - 1, start_column=c + 1, end_column=c + wide
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _value(text: str) -> str | float | None:
    if text in (MERGED, DOWN, ""):
        return None
    plain = text.replace(",", "")
    return float(plain) if plain.replace(".", "", 1).lstrip("-").isdigit() else text


def as_docx(table: Written) -> bytes:
    paper = docx.Document()
    for line in table.above:
        paper.add_paragraph(line)
    made = paper.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    for (r, c), (high, wide) in table.spans().items():
        cell = made.cell(r, c)
        if high > 1 or wide > 1:
            cell = cell.merge(made.cell(r + high - 1, c + wide - 1))
        cell.text = table.rows[r][c]
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def as_pdf(table: Written) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("song", fontName=FONT, fontSize=10, leading=15)
    cells = [
        [Paragraph("" if t in (MERGED, DOWN) else html.escape(t), style) for t in row] for row in table.rows
    ]
    width = (A4[0] - 100) / len(cells[0])
    made = Table(cells, colWidths=[width] * len(cells[0]), repeatRows=table.heads)
    marks = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), FONT)]
    marks += [
        ("SPAN", (c, r), (c + wide - 1, r + high - 1))
        for (r, c), (high, wide) in table.spans().items()
        if high > 1 or wide > 1
    ]
    made.setStyle(TableStyle(marks))
    out = io.BytesIO()
    paper = SimpleDocTemplate(out, pagesize=A4, leftMargin=50, rightMargin=50, invariant=1)
    paper.build([*(Paragraph(html.escape(line), style) for line in table.above), made])
    return out.getvalue()


FORMATS = {
    "html": as_html, "md": as_markdown, "csv": as_csv, "xlsx": as_xlsx, "docx": as_docx, "pdf": as_pdf,
}  # fmt: skip
