"""The messages' columns: texts of a table that is printed line by line."""

from rich.cells import cell_len


def wide(text: str, columns: int) -> str:
    """``text`` with spaces up to a number of terminal columns, of which a Chinese character takes two.

    >>> wide("ok", 4) + "|", wide("正确", 6) + "|"
    ('ok  |', '正确  |')
    """
    return text + " " * (columns - cell_len(text))
