"""The write room's optional libraries, and what to install where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from taizhang.errors import OutputError


def needed(module: str, extra: str) -> Any:
    """The library ``module``, which the extra ``extra`` of this package brings.

    Raises:
        OutputError: it is not installed; the message is the command that installs it.

    >>> needed("json", "none").loads("1")
    1
    """
    try:
        return import_module(module)
    except ImportError as error:  # also where a library lacks what it needs itself
        name = module.partition(".")[0]
        raise OutputError(
            f"expected the library {name}; in taizhang's checkout: pip install '.[{extra}]'"
        ) from error
