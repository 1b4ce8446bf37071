"""Dirt for clean text: the same article as a mirror site, a saved page, a mail, an export, a report would have it.

Each function takes a text whose first line is its title and gives the bytes of a file. Nothing is random.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile

from opencc import OpenCC
from pypinyin import Style, pinyin

WIDTH = 36  # characters in a line of a mail or a page
LINES = 38  # lines on a page
HALF_WIDTH = str.maketrans("，：；！？（）", ",:;!?()")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def mirror(text: str) -> bytes:
    """Traditional, half-width, and some characters followed by their readings, byte by byte in GBK."""
    data = OpenCC("s2tw").convert(text).translate(HALF_WIDTH).encode("gbk", "xmlcharrefreplace")
    # A site's list: characters that GB2312 lacks, two in three of them.
    listed = [c for c in sorted(set(data.decode("gbk"))) if _only_gbk(c) and ord(c) % 3]
    for c in listed:
        reading = pinyin(c, style=Style.TONE)[0][0]
        data = data.replace(c.encode("gbk"), c.encode("gbk") + f"({reading})".encode("gbk"))
    return _misread(data).encode()


def _only_gbk(c: str) -> bool:
    if not "\u4e00" <= c <= "\u9fff":
        return False
    try:
        c.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _misread(data: bytes) -> str:
    """GBK as a careless decoder reads it: a broken pair is a question mark, a user-defined one is nothing."""
    text, at = [], 0
    while at < len(data):
        size = 1 if data[at] < 0x80 else 2
        pair = data[at : at + size]
        try:
            text.append(pair.decode("gbk"))
        except UnicodeDecodeError:
            text.append("?" if pair[-1] < 0x40 else "")
        at += size
    return "".join(text)


def page(text: str) -> bytes:
    """A saved page in GB18030: navigation, date and read count, related links, numbers in the footer."""
    title, body = _titled(text)
    links = "".join(f'<li><a href="/{i}.html">专题{i}：某地办理实事{i}0件</a></li>' for i in range(1, 9))
    paragraphs = "\n".join(f"<p>　　{html.escape(line)}</p>" for line in body.split("\n") if line.strip())
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{html.escape(title)}_示例网</title>
<script>var n = 20210304; if (n < 3) document.write("<p>5件</p>");</script></head>
<body><div class="top"><ul>{links}</ul></div><div>当前位置：<a href="/">首页</a>&gt;<a href="/a">要闻</a></div>
<div class="w"><div class="l"><h1>{html.escape(title)}</h1><div class="info">阅读次数：<span>678</span>次</div>
<div id="zoom">{paragraphs}</div></div><div class="r"><h3>相关链接</h3><ul>{links}</ul></div></div>
<div class="foot"><p>版权所有：示例网　京ICP备12345678号-9　京公网安备 11010502000000号</p>
<p>电话：010-12345678　邮编：100000　您是第 345678 位访客</p></div></body></html>""".encode("gb18030")


def _titled(text: str) -> tuple[str, str]:
    """The title and the rest; a text of one line has no title."""
    title, _, body = text.partition("\n")
    return (title, body) if body.strip() else ("", text)


def mail(text: str) -> bytes:
    """Hard-wrapped lines, full-width digits, spaces in some numbers and after others."""
    spaced = re.sub(r"(?<![\d.,:/-])\d{3}(?![\d.,:/-])", lambda m: " ".join(m.group()), text)
    spaced = re.sub(r"(?<=\d)(?=[个件名户])", " ", spaced)
    return "\r\n".join(_wrapped(spaced.translate(FULL_WIDTH))).encode()


def _wrapped(text: str) -> list[str]:
    title, *body = text.split("\n")
    lines = [title, ""]
    for paragraph in body:
        rest = f"　　{paragraph.strip()}" if paragraph.strip() else ""
        while rest:
            lines.append(rest[:WIDTH])
            rest = rest[WIDTH:]
    return lines


def row(text: str, id_: str) -> bytes:
    """One row of JSON Lines as a news system exports it, markup and escapes in it."""
    title, body = _titled(text)
    markup = "".join(f"<p>{html.escape(line)}</p>\n" for line in body.split("\n"))
    marked = re.sub(r"\d+", lambda m: f"<b>{m.group()}</b>", markup)
    value = {"文章编号": id_, "栏目": 12, "正文": marked, "标题": title, "浏览": "3051"}
    return (json.dumps(value) + "\n").encode()


def docx(text: str) -> bytes:
    """A DOCX file whose numbers are cut into runs."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    run = '<w:r w:rsidR="00A1"><w:t xml:space="preserve">{}</w:t></w:r>'
    paragraphs = "".join(
        f'<w:p w:rsidP="00B2">{"".join(run.format(html.escape(p)) for p in re.findall(r"[^0-9]+|[0-9]", line))}</w:p>'
        for line in text.split("\n")
    )
    xml = f'<?xml version="1.0"?><w:document xmlns:w="{namespace}"><w:body>{paragraphs}</w:body></w:document>'
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


def pdf(text: str) -> bytes:
    """A PDF with a text layer: lines of one width, a number at the foot of each page."""
    lines = _wrapped(text)
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    codes = {c: i for i, c in enumerate(sorted(set("".join(lines)) | set("0123456789— ")), 1)}
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{6 + 2 * i} 0 R' for i in range(len(pages)))}]>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        _stream(_to_unicode(codes)),
    ]
    for number, page_lines in enumerate(pages, 1):
        kids = f"/Contents {5 + 2 * number} 0 R/Resources<</Font<</F 3 0 R>>>>/MediaBox[0 0 595 842]"
        objects.append(f"<</Type/Page/Parent 2 0 R{kids}>>".encode())
        objects.append(_stream(_content([*page_lines, f"— {number} —"], codes)))
    return _file(objects)


def _to_unicode(codes: dict[str, int]) -> str:
    pairs = [f"<{code:04x}> <{c.encode('utf-16-be').hex()}>" for c, code in codes.items()]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return f"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def
1 begincodespacerange <0000> <ffff> endcodespacerange
{maps}
endcmap end end"""


def _content(lines: list[str], codes: dict[str, int]) -> str:
    shown = (f"<{''.join(f'{codes[c]:04x}' for c in line)}> Tj 0 -18 Td" for line in lines)
    return "BT /F 12 Tf 50 780 Td\n" + "\n".join(shown) + "\nET"


def _stream(content: str) -> bytes:
    return f"<</Length {len(content)}>>stream\n{content}\nendstream".encode("ascii")


def _file(objects: list[bytes]) -> bytes:
    file, places = io.BytesIO(), []
    file.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        file.write(b"%010d 00000 n \n" % place)
    file.write(b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return file.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()
