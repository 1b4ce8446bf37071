"""Read: how much is read, so that no input takes the machine down. All of them are settings."""

from __future__ import annotations

from pydantic import Field

from taizhang.records import Model

MIB = 1024 * 1024


class ReadLimits(Model):
    """What is over one of these ends in a rejection that names it; nothing else is affected.

    Attributes:
        file_bytes: the size from which a file that is one article (or one JSON array) is not read.
        row_bytes: the same for one row of a file of rows, which may itself be of any size.
        unpacked_bytes: how much all that is packed in one file may unpack to.
        members: how many files an archive may have.
        depth: how many archives may lie in each other.
        pages: how many pages a PDF may have.
        cells: how many cells the rectangle of a sheet may have.
    """

    file_bytes: int = Field(64 * MIB, gt=0)
    row_bytes: int = Field(8 * MIB, gt=0)
    unpacked_bytes: int = Field(1024 * MIB, gt=0)
    members: int = Field(100_000, gt=0)
    depth: int = Field(3, gt=0)
    pages: int = Field(5_000, gt=0)
    cells: int = Field(5_000_000, gt=0)


DEFAULT = ReadLimits()
