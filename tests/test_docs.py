"""What README and docs/ tell a user to type is typed here, in order, in a copy: commands, programs and rule snippets.

A ``sh`` block is run line by line; ``toml`` blocks that begin with ``# folder/file.toml`` are written to that file;
``python`` blocks are run as programs, those of a translation, which are the same, in this process; each line of a
``text`` block must stand in what the block before it printed. A block after ``<!-- not run: why -->`` is left out. The
other languages are tested in tests/write and tests/extract.
"""

from __future__ import annotations

import contextlib
import io
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from taizhang.cli import app
from taizhang.records import RectificationItem

pytestmark = pytest.mark.usefixtures("rules_read_once")

TOP = Path(__file__).parents[1]
PAGES = [
    "README.md",
    "docs/tutorial.md",
    "docs/rules.md",
    "docs/running.md",
    "docs/report.md",
    "docs/checking.md",
    "docs/aggregating.md",
    "README.zh-CN.md",
    "docs/tutorial.zh-CN.md",
    "docs/rules.zh-CN.md",
    "docs/running.zh-CN.md",
    "docs/report.zh-CN.md",
    "docs/checking.zh-CN.md",
    "docs/aggregating.zh-CN.md",
]
TRANSLATED = {
    page.with_name(page.name.replace(".zh-CN.", ".")).relative_to(TOP).as_posix(): page.relative_to(
        TOP
    ).as_posix()
    for page in sorted((*TOP.glob("*.zh-CN.md"), *TOP.glob("docs/*.zh-CN.md")))
}
GUIDES = [
    "report",
    "running",
    "formats",
    "merging",
    "databases",
    "annotating",
    "places",
    "numbers",
    "accuracy",
]
GUIDES += ["checking", "clusters", "aggregating"]
ELSEWHERE = {
    "docs/formats.md": "tests/write/test_recipes.py",
    "docs/numbers.md": "tests/extract/test_standalone.py",
    "docs/places.md": "tests/extract/test_place_tables.py",
    "docs/databases.md": "tests/load/test_docs.py",
    "docs/annotating.md": "tests/annotate/test_docs.py",
    "docs/merging.md": "tests/test_merging_docs.py",
}
PLACEHOLDERS = {"taizhang 命令": "taizhang COMMAND", "debug/文章/": "debug/ARTICLE/"}
BLOCK = re.compile(r"(<!-- not run: .+? -->\n\n?)?```(\w+)\n(.*?)```", re.DOTALL)
RUN = {"sh", "python", "toml", "text"}
ENGLISH = "C.UTF-8"


@dataclass(frozen=True)
class Block:
    """One block of a page that is run or compared."""

    language: str
    content: str


def blocks(page: str) -> list[Block]:
    """The blocks of a page that this test runs, in order."""
    found = BLOCK.findall((TOP / page).read_text("utf-8"))
    return [
        Block(language, content) for skipped, language, content in found if not skipped and language in RUN
    ]


@pytest.fixture
def copy(seed_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the project's top, as far as the pages need it, as the working directory."""
    for name in ("docs/example", "tests/gold"):
        shutil.copytree(TOP / name, tmp_path / name)
    shutil.copytree(TOP / "docs/example/pages", tmp_path / "news")
    shutil.copytree(seed_ledger, tmp_path / "out/ledger")  # what `make run` writes
    (tmp_path / "rows.jsonl").write_text('{"text": "道县建成书屋3座。"}\n', "utf-8")
    (tmp_path / "report.txt").write_text(
        "道县整改快讯\n道县排查隐患12处，整改10处，另有3处正在整改。\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _taizhang(words: list[str], fails: bool, locale: str) -> str:
    """The command in this process, so that the rules are loaded once; ``> FILE`` at its end as the shell has it."""
    words, target = (words[:-2], words[-1]) if words[-2:-1] == [">"] else (words, "")
    result = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1", "LC_ALL": locale}).invoke(app, words)
    assert (result.exit_code == 0) is not fails, result.output
    if target:
        Path(target).write_text(result.output, "utf-8")
    return result.output


def _line(line: str, locale: str) -> str:
    """Run a line of a ``sh`` block and give what it printed."""
    command, _bar, otherwise = line.partition(" || ")
    words = shlex.split(command, comments=True)
    if not words:
        return ""
    if Path(words[0]).name == "taizhang":
        assert not set(words) & {"|", "&&", ";"}, "one command a line"
        return _taizhang(words[1:], fails=bool(otherwise), locale=locale)
    done = subprocess.run(["bash", "-c", line], check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def _run(block: Block, locale: str) -> str:
    if block.language == "sh":
        return "".join(_line(line, locale) for line in block.content.splitlines())
    program = Path("program.py")
    program.write_text(block.content, "utf-8")
    if locale != ENGLISH:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            runpy.run_path(str(program), run_name="__main__")
        return said.getvalue()
    done = subprocess.run([sys.executable, program], check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_works(page: str, copy: Path) -> None:
    printed, locale = "", "zh_CN.UTF-8" if ".zh-CN." in page else ENGLISH
    for block in blocks(page):
        if block.language == "toml":
            path = Path(block.content.partition("\n")[0].removeprefix("# "))
            path.parent.mkdir(exist_ok=True)
            path.write_text(block.content, "utf-8")
        elif block.language == "text":
            lines = printed.splitlines()
            missing = [
                line for line in block.content.splitlines() if not any(line in shown for shown in lines)
            ]
            assert not missing, printed
        else:
            printed = _run(block, locale)


def test_the_guides_are_in_chinese() -> None:
    wanted = {
        "README.md",
        "CONTRIBUTING.md",
        *(f"docs/{name}.md" for name in ("tutorial", "rules", "limits", *GUIDES)),
    }
    assert set(TRANSLATED) == wanted


@pytest.mark.parametrize(("page", "translated"), TRANSLATED.items())
def test_the_translation_has_the_same_headings_commands_and_tables(page: str, translated: str) -> None:
    here, there = (_shape((TOP / name).read_text("utf-8")) for name in (page, translated))
    for part in here:
        assert there[part] == here[part], part


@pytest.mark.parametrize(("page", "translated"), TRANSLATED.items())
def test_each_section_of_the_translation_names_what_the_english_one_names(page: str, translated: str) -> None:
    """Sections in the same order and at the same depth: what English puts between backquotes stands there, too."""
    here, there = (_named((TOP / name).read_text("utf-8")) for name in (page, translated))
    missing = {
        number: sorted(names - theirs)
        for number, (names, theirs) in enumerate(zip(here, there, strict=True))
        if names - theirs
    }
    assert missing == {}


@pytest.mark.parametrize(("page", "translated"), TRANSLATED.items())
def test_the_translation_has_the_same_figures(page: str, translated: str) -> None:
    here, there = ((TOP / name).read_text("utf-8") for name in (page, translated))
    measured = re.compile(r"<!--=[^>]+-->[^<]*<!--/-->")
    assert sorted(measured.findall(there)) == sorted(measured.findall(here))
    if page in ("docs/rules.md", "docs/limits.md"):
        number = re.compile(r"\d+(?:\.\d+)?")
        assert sorted(number.findall(there)) == sorted(number.findall(here))


def _shape(text: str) -> dict[str, list[object]]:
    """What must be the same in every language: levels of headings, blocks that do something, tables and their codes."""
    prose = BLOCK.sub("", text)
    rows = [re.split(r"(?<!\\)\|", line.strip("|")) for line in prose.splitlines() if line.startswith("|")]
    return {
        "headings": [len(level) for level in re.findall(r"^(#+) ", prose, re.MULTILINE)],
        "blocks": [
            (kind, _acting(content)) for _skipped, kind, content in BLOCK.findall(text) if kind != "text"
        ],
        "outputs": [kind for _skipped, kind, _content in BLOCK.findall(text) if kind == "text"],
        "rows": [(len(cells), sorted(re.findall(r"`([^`]+)`", _linked("|".join(cells))))) for cells in rows],
        "pictures": [bool(name) for name in re.findall(r"!\[([^\]]+)\]", prose)],
    }


def _named(text: str) -> list[set[str]]:
    """What the prose of each section has between backquotes, placeholders in English."""
    prose = "\n".join(line for line in BLOCK.sub("", text).splitlines() if not line.startswith("|"))
    for chinese, english in PLACEHOLDERS.items():
        prose = prose.replace(chinese, english)
    sections = re.split(r"^#+ .*$", _linked(prose), flags=re.MULTILINE)
    return [{" ".join(code.split()) for code in re.findall(r"`([^`]+)`", section)} for section in sections]


def _linked(cells: str) -> str:
    """Cells with the names of pages as in English."""
    return cells.replace(".zh-CN.md", ".md")


def _acting(content: str) -> list[str]:
    """The lines of a block that do something: without remarks, and without texts, which are in the page's language."""
    lines = re.sub(r'print\("[^"{]*"\)', "print()", content).splitlines()
    return [line for line in (line.partition("#")[0].rstrip() for line in lines) if line]


def test_the_translated_recipes_are_the_same_to_the_letter() -> None:
    """All but what the program prints, which is in the page's language."""
    english, chinese = (
        [block for block in blocks(page) if block.language != "text"]
        for page in ("docs/rules.md", TRANSLATED["docs/rules.md"])
    )
    assert chinese == english


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md"])
def test_no_sentence_stands_twice(page: str) -> None:
    prose = " ".join(BLOCK.sub("", (TOP / page).read_text("utf-8")).split())
    sentences = [
        sentence for sentence in re.split(r"(?<=[.;:]) | \| |(?<=[。；：])", prose) if len(sentence) > 25
    ]
    assert [sentence for sentence, count in Counter(sentences).items() if count > 1] == []


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_record_in_the_readme_is_that_of_the_ledger(page: str, seed_ledger: Path) -> None:
    script = runpy.run_path(str(TOP / "scripts" / "readme_record.py"))
    (shown,) = script["BLOCK"].findall((TOP / page).read_text("utf-8"))
    assert shown == script["block"](seed_ledger), "run `make picture`"


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_field_of_a_record(page: str) -> None:
    rows = re.findall(r"^\| (`[^|]+) \|", (TOP / page).read_text("utf-8"), re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert set(RectificationItem.model_fields) - named == set()


def test_no_page_is_forgotten() -> None:
    names = {p.relative_to(TOP).as_posix() for p in (*TOP.glob("*.md"), *TOP.glob("docs/*.md"))}
    known = {*PAGES, *TRANSLATED.values(), *ELSEWHERE}
    assert {name for name in names if blocks(name)} <= known


@pytest.mark.parametrize(
    "page", sorted(p.relative_to(TOP).as_posix() for p in (*TOP.glob("*.md"), *TOP.glob("docs/*.md")))
)
def test_links_lead_to_files(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (TOP / page).read_text("utf-8"))
    assert [link for link in links if not ((TOP / page).parent / link).exists()] == []
