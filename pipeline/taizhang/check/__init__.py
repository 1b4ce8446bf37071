"""The check room: a finished run read again, and everything that must hold of it held against what is there."""

from __future__ import annotations

from taizhang.check.checks import CHECKS, check_run
from taizhang.check.report import Check, CheckReport

__all__ = ["CHECKS", "Check", "CheckReport", "check_run"]
