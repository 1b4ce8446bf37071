"""What the docstrings show is what the program does: every example in them is run."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import taizhang
from taizhang.errors import OutputError

MODULES = sorted(
    module.name for module in walk_packages(taizhang.__path__, "taizhang.") if ".__main__" not in module.name
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module(name: str) -> None:
    try:
        module = import_module(name)
    except (ImportError, OutputError) as error:  # of an extra that is not installed here
        pytest.skip(str(error))
    assert doctest.testmod(module).failed == 0
