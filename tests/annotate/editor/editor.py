"""What an annotator and Label Studio do between export and import, on tasks as plain values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.evaluate import read_lines

Task = dict[str, Any]


def cli(*words: object, code: int = 0) -> str:
    done = CliRunner().invoke(app, [*map(str, words)])
    assert done.exit_code == code, done.output
    return done.output


def export(run: Path, out: Path) -> list[Task]:
    cli("export", run, "--to", "label-studio", "--out", out)
    tasks: list[Task] = json.loads((out / "tasks.json").read_text("utf-8"))
    return tasks


def annotated(tasks: list[Task], path: Path) -> Path:
    """What Label Studio exports when each prediction was submitted as it is."""
    for number, task in enumerate(tasks, 1):
        task.setdefault("annotations", [{"result": task["predictions"][0]["result"], "was_cancelled": False}])
        task["id"] = number
    path.write_text(json.dumps(tasks, ensure_ascii=False), "utf-8")
    return path


def of(tasks: list[Task], quote: str, kind: str, control: str = "") -> dict[str, Any]:
    """The item of the region with this quote, of one type and of one control."""
    items = tasks[0]["predictions"][0]["result"]
    (region,) = (i["id"] for i in items if i["type"] == "labels" and i["value"]["text"] == quote)
    (item,) = (
        i for i in items if i.get("id") == region and i["type"] == kind and control in {"", i["from_name"]}
    )
    found: dict[str, Any] = item
    return found


def without(tasks: list[Task], quote: str) -> None:
    """Delete a region as the editor does: with all that hangs on it, and the arrows to and from it."""
    gone = of(tasks, quote, "labels")["id"]
    result = tasks[0]["predictions"][0]["result"]
    result[:] = [i for i in result if gone not in (i.get("id"), i.get("from_id"), i.get("to_id"))]


def typed(name: str, text: str, start: int, end: int, control: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": [text]}
    return {"id": name, "from_name": control, "to_name": "text", "type": "textarea", "value": value}


def rows(tasks: list[Task], tmp_path: Path) -> list[dict[str, Any]]:
    out = tmp_path / "gold"
    cli("import", annotated(tasks, tmp_path / "export.json"), "--from", "label-studio", "--out", out)
    return read_lines(out / "a1.jsonl")
