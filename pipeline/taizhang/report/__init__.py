"""The report room: a finished run as one HTML page that people search, filter and check against the articles."""

from __future__ import annotations

from taizhang.report.write import WrittenReport, write_report

__all__ = ["WrittenReport", "write_report"]
