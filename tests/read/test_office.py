"""What offices send beside text: workbooks, ODT, RTF, mail, saved pages, pictures, leftovers, and broken files."""

from __future__ import annotations

import datetime
import io
import shutil
import zipfile
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
import xlwt
from odf import opendocument, table, text

from taizhang.article import Article
from taizhang.pipeline import shipped_pipeline
from taizhang.read import ReadLimits, articles, read_file
from taizhang.records import Rejection
from taizhang.result import Result

RULES = shipped_pipeline().rules
ROWS = (("地区", "改造路灯（盏）", "投资（万元）"), ("盘龙区", "120", "35.5"), ("宜良县", "80", "20"))
TOLD = [
    ("120", "盏", "盘龙区"), ("355000.0", "元", "盘龙区"), ("80", "盏", "宜良县"), ("200000", "元", "宜良县"),
]  # fmt: skip


def read(
    folder: Path, name: str, content: bytes, limits: ReadLimits | None = None
) -> list[Article | Rejection]:
    path = folder / name
    path.write_bytes(content)
    return list(read_file(path, RULES, limits or ReadLimits()))


def result(found: Article | Rejection) -> Result:
    assert isinstance(found, Article), found
    return shipped_pipeline().run(found).result


def told(found: Article | Rejection) -> list[tuple[str, str, str]]:
    return [(str(r.value), r.unit, r.place.surface) for r in result(found).records]


def odt(rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    paper = opendocument.OpenDocumentText()
    paper.text.addElement(text.P(text="昆明市2023年路灯改造情况"))
    made = table.Table()
    for row in rows:
        line = table.TableRow()
        for value in row:
            cell = table.TableCell()
            cell.addElement(text.P(text=value))
            line.addElement(cell)
        made.addElement(line)
    paper.text.addElement(made)
    out = io.BytesIO()
    paper.write(out)
    return out.getvalue()


def ods() -> bytes:
    book = opendocument.OpenDocumentSpreadsheet()
    sheet = table.Table(name="路灯")
    for row in ROWS:
        line = table.TableRow()
        for value in row:
            number = value.replace(".", "").isdigit()
            given = {"valuetype": "float", "value": value} if number else {"valuetype": "string"}
            cell = table.TableCell(**given)
            cell.addElement(text.P(text=value))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("路灯")
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            sheet.write(r, c, float(value) if value.replace(".", "").isdigit() else value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rtf() -> bytes:
    def escaped(value: str) -> str:
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in value)

    rows = "".join(
        "\\trowd" + "".join(f"\\cellx{1000 * (i + 1)}" for i in range(3))
        + "".join(f"\\intbl {escaped(v)}\\cell" for v in row) + "\\row\n"
        for row in ROWS
    )  # fmt: skip
    return ("{\\rtf1\\ansi " + escaped("昆明市2023年路灯改造情况") + "\\par\n" + rows + "\\pard}").encode()


@pytest.mark.parametrize(
    ("name", "content"), [("a.odt", odt), ("a.ods", ods), ("a.xls", xls), ("a.rtf", rtf)]
)
def test_a_table_of_another_format_gives_the_same_records(name: str, content: object, tmp_path: Path) -> None:
    assert callable(content)
    (found,) = read(tmp_path, name, content())
    assert told(found) == TOLD


def page() -> str:
    rows = "".join("<tr>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>" for row in ROWS)
    return f"<html><body><h1>昆明市2023年路灯改造情况</h1><table>{rows}</table></body></html>"


def test_a_saved_page_is_a_page(tmp_path: Path) -> None:
    saved = EmailMessage()
    saved["From"] = "<Saved by a browser>"
    saved["Snapshot-Content-Location"] = "https://example.org/2024/1.html"
    saved["Subject"] = "路灯"
    saved.set_content(page(), subtype="html", charset="utf-8", cte="quoted-printable")
    saved["MIME-Version-Of"] = "1"
    (found,) = read(tmp_path, "a.mhtml", saved.as_bytes())
    assert told(found) == TOLD
    assert isinstance(found, Article) and found.document.url == "https://example.org/2024/1.html"


def test_a_letter_and_what_is_attached_to_it(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["From"], letter["Date"] = "a@example.org", "Fri, 05 Jan 2024 09:00:00 +0800"
    letter["Subject"] = "盘龙区整改情况"
    letter.set_content("盘龙区排查隐患12处。")
    letter.add_attachment(ods(), maintype="application", subtype="octet-stream", filename="附件.ods")
    first, second = read(tmp_path, "a.eml", letter.as_bytes())
    assert isinstance(first, Article)
    assert (first.document.title, first.document.published) == ("盘龙区整改情况", "2024-01-05")
    assert [r.quote for r in result(first).records] == ["12处"]
    assert isinstance(second, Article) and second.document.path == f"{tmp_path / 'a.eml'}!附件.ods"
    assert told(second) == TOLD


def test_per_cent_of_a_workbook_is_as_it_is_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("地区", "整改率"), ("盘龙区", 0.985), ("宜良县", 1)):
        sheet.append(row)
    for cell in ("B2", "B3"):
        sheet[cell].number_format = "0.0%"
    out = io.BytesIO()
    book.save(out)
    (found,) = read(tmp_path, "a.xlsx", out.getvalue())
    assert [(r.quote, r.unit) for r in result(found).records] == [("98.5%", "%"), ("100%", "%")]


@pytest.mark.parametrize(
    ("form", "shown"),
    [('yyyy"年"m"月"', "2024-03"), ("yyyy-mm", "2024-03"), ("yyyy", "2024"), ("yyyy-mm-dd", "2024-03-01")],
    ids=["month in words", "month in figures", "year", "day"],
)
def test_a_date_of_a_workbook_is_as_fine_as_it_is_shown(form: str, shown: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["月份", "处理量（吨）"])
    sheet.append([datetime.date(2024, 3, 1), 812])
    sheet.cell(2, 1).number_format = form
    book.save(tmp_path / "water.xlsx")
    (article,) = read_file(tmp_path / "water.xlsx", RULES)
    assert isinstance(article, Article)
    assert article.text.text.split("\n")[1] == f"{shown}\t812"


def test_a_workbook_whose_head_names_a_text_is_a_list_of_articles(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("编号", "标题", "正文"), ("7", "路灯", "盘龙区改造路灯12盏。"), ("8", "桥", None)):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    first, second = read(tmp_path, "a.xlsx", out.getvalue())
    assert isinstance(first, Article) and first.document.id == "7"
    assert isinstance(second, Rejection) and second.reason == "empty-cell"


@pytest.mark.skipif(shutil.which("soffice") is not None, reason="LibreOffice is installed")
def test_an_old_word_file_says_what_it_needs(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le") + bytes(600)
    (found,) = read(tmp_path, "a.wps", content)
    assert isinstance(found, Rejection)
    assert found.reason == "not-converted" and "LibreOffice" in found.detail


def test_leftovers_are_passed_over(tmp_path: Path) -> None:
    for name in ("Thumbs.db", "~$报告.docx", ".DS_Store", "desktop.ini", "报告.txt"):
        (tmp_path / name).write_text("改造12盏", "utf-8")
    found = [Path(str(a.document.path)).name for a in articles([tmp_path], RULES)]
    assert found == ["报告.txt"]


def packed(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


ODT_TYPE = ("mimetype", b"application/vnd.oasis.opendocument.text")
MIB = 1024 * 1024


BROKEN = packed(("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<x"))


def wide_sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "地区", 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("reasons", "name", "content"),
    [
        ({"bad-workbook", "bad-archive"}, "a.xlsx", BROKEN),
        ({"too-large", "unpacked-too-large"}, "a.odt", packed(ODT_TYPE, ("content.xml", b"<a>" + b" " * (70 * MIB)))),
        ({"bad-odt"}, "a.odt", packed(ODT_TYPE, ("content.xml", b"<a><b></a>"))),
        ({"xml-entities"}, "a.odt", packed(ODT_TYPE, ("content.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))),
        pytest.param(
            {"table-too-wide"},
            "a.csv",
            (",".join(["甲"] * 100_000) + "\n" + ",".join(["1"] * 100_000)).encode(),
            marks=pytest.mark.large,
        ),
        ({"table-too-large"}, "a.xlsx", wide_sheet()),
    ],
    ids=["broken XLSX", "bomb in ODT", "broken ODT", "entities in ODT", "100,000 columns", "two far corners"],
)  # fmt: skip
def test_what_is_wrong_has_a_reason(reasons: set[str], name: str, content: bytes, tmp_path: Path) -> None:
    (found,) = read(tmp_path, name, content)
    assert isinstance(found, Rejection) and found.reason in reasons


def test_a_merged_cell_over_the_whole_sheet_ends(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["B2"] = "昆明市2023年路灯改造", "盘龙区", 5
    sheet.merged_cells.add("A1:XFD1048576")  # merge_cells would make a cell for each
    out = io.BytesIO()
    book.save(out)
    (found,) = read(tmp_path, "a.xlsx", out.getvalue(), ReadLimits(cells=20_000_000))
    assert isinstance(found, (Article, Rejection))


@pytest.mark.large
def test_cells_that_span_all_columns_of_many_rows_end(tmp_path: Path) -> None:
    source = "<table>" + "<tr><td rowspan=60000 colspan=900>甲<td>1</tr>" * 3000 + "</table>"
    (found,) = read(tmp_path, "a.html", source.encode())
    assert isinstance(found, (Article, Rejection))
