"""Read: what a file is by its first bytes, where no reader knows it, called by its name."""

from __future__ import annotations

PICTURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"BM": "a BMP picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
}
UNSUPPORTED = {
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"ID3": "sound",
    b"\x00\x00\x00\x18ftyp": "a film",
    b"\x00\x00\x00\x20ftyp": "a film",
    b"OggS": "sound",
    b"RIFF": "sound, a film or a picture",
    b"CAJ": "a CAJ paper",
}
OLE = b"\xd0\xcf\x11\xe0"  # old Office files, WPS among them
WORKBOOK_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
WORD_STREAM = "WordDocument".encode("utf-16-le")
# What systems and programs leave in folders; none of it is an article.
LEFTOVERS = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "folder.jpg"})
LOCKS = ("~$", ".~", "~wrl")


def picture(head: bytes) -> str:
    """What kind of picture a file is; empty where it is none. ``BM`` begins many a text, so a size must follow.

    >>> picture(b"\\x89PNG...."), picture(b"BMI 25")
    ('a PNG picture', '')
    """
    for signature, name in PICTURES.items():
        if head.startswith(signature) and (signature != b"BM" or head[6:10] == bytes(4)):
            return name
    return ""


def is_leftover(name: str) -> bool:
    """Whether a file is what a system or a program leaves in a folder.

    >>> is_leftover("Thumbs.db"), is_leftover("~$报告.docx"), is_leftover("报告.docx")
    (True, True, False)
    """
    return name.lower() in LEFTOVERS or name.lower().startswith(LOCKS)
