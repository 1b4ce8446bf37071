"""The file of the report: what goes into it, that nothing in it can end the data, and that no other file is lost."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from folders import result, run_folder
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.errors import OutputError, RunFolderError
from taizhang.report import write_report
from taizhang.report.pack import coded
from taizhang.report.page import embedded
from taizhang.write.manifest import LAYOUT

ANY = st.text(st.characters(codec="utf-8") | st.sampled_from("<>&\u2028\u2029/-!\"'\\"), max_size=30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = (("整改\n昆明市排查12处，第二批。", "整改"), ("太原市𠮷处排查12处。", None))
    results = [
        result(
            text, {"12处": {}} | ({"第二批": {"reason": "ordinal"}} if title else {}), id=f"a{n}", title=title
        )
        for n, (text, title) in enumerate(texts)
    ]
    return run_folder(tmp_path / "run", results)


def _data(path: Path) -> dict[str, object]:
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', path.read_text("utf-8"))
    content: dict[str, object] = json.loads(data)
    return content


@given(st.recursive(ANY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3)))
def test_embedded_data_is_itself_again_and_has_no_markup(value: object) -> None:
    shown = embedded(value)
    assert json.loads(shown) == value
    assert not re.search("[<>&\u2028\u2029]", shown)


@given(st.lists(st.none() | ANY | st.lists(ANY, max_size=2), max_size=8))
def test_a_packed_column_has_each_value_once_and_every_row(values: list[object]) -> None:
    packed = coded(values)
    assert [packed["of"][n] for n in packed["at"]] == values
    assert len({repr(value) for value in packed["of"]}) == len(packed["of"])


def test_the_file_has_the_run_and_says_what_it_wrote(folder: Path) -> None:
    written = write_report(folder)
    assert written.path == folder / "report.html"
    assert (written.records, written.rejects, written.documents, written.debug_pages) == (2, 1, 2, 0)
    assert written.size == written.path.stat().st_size
    data = _data(written.path)
    assert [d["id"] for d in data["documents"]] == ["a0", "a1"]
    assert data["records"]["document"] == [0, 1]
    assert data["records"]["start"] == [8, 7]


def test_the_same_run_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    one, two = (write_report(folder, tmp_path / name).path.read_bytes() for name in ("1.html", "2.html"))
    assert one == two


def test_the_policy_admits_this_script_and_this_style_alone(folder: Path) -> None:
    page = write_report(folder).path.read_text("utf-8")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    directives = dict(part.split(" ", 1) for part in html.unescape(policy).split("; "))
    for name, content in (("script-src", r"<script>(.*?)</script>"), ("style-src", r"<style>(.*?)</style>")):
        (inside,) = re.findall(content, page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert directives.pop(name) == f"'sha256-{digest}'"
    assert directives == {
        "default-src": "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    assert page.index("Content-Security-Policy") < page.index("<style>")
    assert not re.search(r"(?:src|href)=['\"]?(?:https?:)?//", page)


def _no_records(folder: Path) -> None:
    (folder / "records.jsonl").unlink()


def _changed(folder: Path) -> None:
    (folder / "documents.jsonl").write_text("", "utf-8")


def _other_version(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(
        manifest.read_text("utf-8").replace(f'"run_folder": {LAYOUT}', '"run_folder": 99'), "utf-8"
    )


def _no_run(folder: Path) -> None:
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_no_records, "records.jsonl: expected the file that manifest.json names"),
        (_changed, "documents.jsonl: expected SHA-256"),
        (_other_version, f"expected run_folder {LAYOUT}, .* got 99"),
        (_no_run, "expected a folder that taizhang run wrote"),
    ],
)
def test_a_folder_that_is_no_whole_run_is_told_and_nothing_written(
    spoil: object, told: str, folder: Path
) -> None:
    spoil(folder)  # type: ignore[operator]
    with pytest.raises(RunFolderError, match=told):
        write_report(folder)
    assert not (folder / "report.html").exists()


def test_a_quote_that_stands_elsewhere_is_told(tmp_path: Path) -> None:
    article = result("排查12处。", {"12处": {}})
    moved = article.model_copy(update={"text": "共排查12处。"})
    with pytest.raises(RunFolderError, match="article 'a': expected '12处' at 2, got '查12'"):
        write_report(run_folder(tmp_path / "run", [moved]))


def test_a_file_of_someone_elses_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "thesis.html"
    target.write_text("<!doctype html><title>My thesis</title>", "utf-8")
    with pytest.raises(OutputError, match="got a file that is no report"):
        write_report(folder, target)
    assert "thesis" in target.read_text("utf-8")
    write_report(folder, target, force=True)
    assert "taizhang report" in target.read_text("utf-8")
    write_report(folder, target)  # a report of ours is replaced without being asked


def test_a_folder_is_no_file_to_write_to(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="got a folder"):
        write_report(folder, tmp_path)


def test_dumps_of_another_run_are_not_linked(folder: Path) -> None:
    for name, text in (("a0", "整改\n昆明市排查12处，第二批。"), ("a1", "an earlier text")):
        dump = folder / "debug" / name
        dump.mkdir(parents=True)
        (dump / "1-clean.json").write_text(json.dumps({"text": text}), "utf-8")
        (dump / "index.html").write_text("", "utf-8")
    written = write_report(folder)
    assert [d["debug"] for d in _data(written.path)["documents"]] == ["debug/a0/index.html", ""]
    elsewhere = write_report(folder, folder.parent / "out" / "r.html")
    link = _data(elsewhere.path)["documents"][0]["debug"]
    assert (elsewhere.path.parent / link).resolve() == (folder / "debug" / "a0" / "index.html").resolve()


def test_the_command_says_what_it_wrote_and_fails_as_the_others_do(folder: Path) -> None:
    run = CliRunner(env={"COLUMNS": "300", "NO_COLOR": "1"}).invoke
    made = run(app, ["report", str(folder), "--language", "en"])
    assert made.exit_code == 0
    assert "report.html: 2 records and 1 rejections of 2 articles; 0.3 MB" in made.output
    assert 'data-language="en"' in (folder / "report.html").read_text("utf-8")
    failed = run(app, ["report", str(folder / "none")])
    assert failed.exit_code == 2
    assert "taizhang: " in failed.output and "no such folder" in failed.output
