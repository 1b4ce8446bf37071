"""Read: the libraries that only some formats need, and what to install where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from taizhang.errors import UnreadableInput


def needed(module: str, extra: str) -> Any:
    """The library ``module``, which the extra ``extra`` of this package brings.

    Raises:
        UnreadableInput: ``missing-extra``; the detail is the command that installs it.

    >>> needed("json", "none").loads("1")
    1
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        name = module.partition(".")[0]
        detail = f"expected the library {name}; in taizhang's checkout: pip install '.[{extra}]'"
        raise UnreadableInput("missing-extra", detail) from error
