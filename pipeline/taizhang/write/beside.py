"""The write room's list of what other commands put into a run folder beside the run's own files."""

from __future__ import annotations

REPORT = "report.html"  # taizhang report
REPORT_MARK = '<meta name="generator" content="taizhang report">'  # by which an earlier report is known
HEAD = 1024  # bytes in which a report has its mark
MERGED = "merge.json"  # taizhang merge; it names the files of facts
AGGREGATED = "aggregate.json"  # taizhang aggregate; it names the tables
DUMPS = "debug"  # taizhang run --debug
DUMP_FILES = ("1-clean.json", "2-segment.json", "3-extract.json", "4-validate.json", "index.html")
EXPORTS = ("label-studio", "docbin")  # taizhang export; a folder each, where no other is named
EXPORTED = "export.json"  # in such a folder; it names the files
