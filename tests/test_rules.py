"""Rule sets: a user's folder adds and replaces, a wrong file is named to the key, the hash follows the content."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.errors import RuleError
from taizhang.pipeline import Pipeline, extract
from taizhang.rules import RuleSet, shipped
from taizhang.segment.shapes import LexiconFile, SegmentRules

RED = '[[word]]\nid = "my.red"\ntag = "v"\nforms = ["染红"]\nexamples = ["⟨染红⟩布"]\ncounter_examples = ["红布"]\n'
BLUE = RED.replace("red", "blue").replace("红", "蓝")
NAME = "lexicon.toml"
SHIPPED = RuleSet().load(NAME, LexiconFile).word


def folder(path: Path, content: str = "", name: str = NAME) -> Path:
    path.mkdir(exist_ok=True)
    if content:
        (path / name).write_text(content, "utf-8")
    return path


def test_a_users_folder_adds_rules_to_the_shipped_ones(tmp_path: Path) -> None:
    words = RuleSet([folder(tmp_path / "1", RED), folder(tmp_path / "2", BLUE)]).load(NAME, LexiconFile).word
    own = {"my.red", "my.blue"}
    assert tuple(word for word in words if word.id not in own) == SHIPPED
    assert [word.id for word in words if word.id in own] == ["my.blue", "my.red"]  # by id, as all rules


def test_a_users_rule_replaces_the_one_with_its_id(tmp_path: Path) -> None:
    mine = RED.replace("my.red", SHIPPED[0].id)
    words = RuleSet([folder(tmp_path / "1", mine)]).load(NAME, LexiconFile).word
    assert [word.id for word in words] == [word.id for word in SHIPPED]
    assert words[0].forms == ("染红",) and words[1:] == SHIPPED[1:]


def test_the_last_folder_wins(tmp_path: Path) -> None:
    one, two = folder(tmp_path / "1", RED), folder(tmp_path / "2", RED.replace('["染红"]', '["涂红"]'))
    last = [RuleSet(order).load(NAME, LexiconFile).word for order in ([one, two], [two, one])]
    assert [{w.id: w.forms for w in words}["my.red"] for words in last] == [("涂红",), ("染红",)]


WORD = """
[[action]]
id = "my.verb"
phase = "problem"
forms = ["蹲拣"]
examples = ["⟨蹲拣⟩烂果9筐"]
counter_examples = ["装运好果9筐"]
"""


def test_a_users_word_is_heard_by_the_pipeline(tmp_path: Path) -> None:
    text = "太原市蹲拣烂果9筐。"
    (plain,) = extract(text).records
    (own,) = Pipeline([folder(tmp_path / "mine", WORD, "actions.toml")]).extract(text).records
    assert (own.phase, own.metric.action) == ("problem", "蹲拣")
    assert plain.phase != "problem"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (RED + "shade = 3\n", ["rule my.red", "word.0.shade", "Extra inputs", "got 3"]),
        (RED.replace('forms = ["染红"]\n', ""), ["rule my.red", "word.0.forms", "required"]),
        (RED.replace('["红布"]', "[]"), ["rule my.red", "word.0.counter_examples", "at least 1", "got []"]),
        (RED + BLUE.replace('["⟨染蓝⟩布"]', "[]"), ["rule my.blue", "word.1.examples", "at least 1"]),
        (RED.replace('["染红"]', "5"), ["rule my.red", "word.0.forms", "tuple", "got 5"]),
        ("word = 'wide'", ["key word", "tuple", "got 'wide'"]),
        ("[[paint]]\nid = 'x'", ["key paint", "Extra inputs"]),
        ("word = ", ["expected TOML"]),
    ],
)
def test_a_wrong_file_is_named_to_the_key(tmp_path: Path, content: str, told: list[str]) -> None:
    rules = RuleSet([folder(tmp_path / "1", content)])
    with pytest.raises(RuleError) as error:
        rules.load(NAME, LexiconFile)
    file = str(tmp_path / "1" / NAME)
    assert [part for part in (file, *told, "expected") if part not in str(error.value)] == []


def test_a_file_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        RuleError, match=r"lexikon\.toml: expected the name of a shipped rule file \(.*lexicon\.toml"
    ):
        RuleSet([folder(tmp_path / "1", RED, "lexikon.toml")])


def test_every_fault_of_a_file_is_told(tmp_path: Path) -> None:
    rules = RuleSet([folder(tmp_path / "1", RED + "shade = 3\n" + BLUE + "tone = 4\n")])
    with pytest.raises(RuleError) as error:
        rules.load(NAME, LexiconFile)
    assert len(str(error.value).splitlines()) == 2


def test_bytes_that_are_no_utf8_are_told(tmp_path: Path) -> None:
    (folder(tmp_path / "1") / NAME).write_bytes(b"word = 3 # \xff")
    with pytest.raises(RuleError, match=r"lexicon\.toml: expected TOML in UTF-8"):
        RuleSet([tmp_path / "1"]).load(NAME, LexiconFile)


def test_a_file_that_is_missing_is_named() -> None:
    with pytest.raises(RuleError, match=r"paint\.toml: expected a rule file in .*got none"):
        RuleSet().load("paint.toml", LexiconFile)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="nowhere: expected a folder of rule files, got no such folder"):
        RuleSet([tmp_path / "nowhere"])


def test_one_key_of_a_table_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    base = RuleSet().load("segment.toml", SegmentRules)
    whole = (shipped("rules") / "segment.toml").read_text("utf-8")
    own = whole.replace(f"longest = {base.heading.longest}", "longest = 7")
    changed = RuleSet([folder(tmp_path / "1", own, "segment.toml")]).load("segment.toml", SegmentRules)
    assert changed.heading.longest == 7 != base.heading.longest
    assert (changed.marks.sentence, changed.numeral) == (base.marks.sentence, base.numeral)


def test_the_hash_follows_the_content(tmp_path: Path) -> None:
    plain = RuleSet().hash
    red, again, blue = (
        RuleSet([folder(tmp_path / str(n), content)]).hash for n, content in enumerate((RED, RED, BLUE))
    )
    assert plain == RuleSet().hash == RuleSet([folder(tmp_path / "empty")]).hash
    assert red == again and len({plain, red, blue}) == 3


def test_the_hash_follows_the_order_of_the_folders(tmp_path: Path) -> None:
    one, two = folder(tmp_path / "1", RED), folder(tmp_path / "2", BLUE)
    assert RuleSet([one, two]).hash != RuleSet([two, one]).hash


def test_files_that_are_no_rules_leave_the_hash_as_it_was(tmp_path: Path) -> None:
    one = folder(tmp_path / "1", RED)
    before = RuleSet([one]).hash
    (one / "notes.txt").write_text("later", "utf-8")
    assert RuleSet([one]).hash == before


def test_a_users_rows_come_after_the_shipped_ones(tmp_path: Path) -> None:
    own = folder(tmp_path / "1", "# code\tname\n990001\t甲\t\t\t\n\n990002\t乙\t\t\t\n", "divisions.tsv")
    rows = list(RuleSet([own]).table("divisions.tsv"))
    assert rows[:-2] == list(RuleSet().table("divisions.tsv")) and len(rows) > 1000
    assert rows[-2:] == [["990001", "甲", "", "", ""], ["990002", "乙", "", "", ""]]


def test_what_ships_is_there() -> None:
    assert (shipped("rules") / "actions.toml").is_file()
    assert shipped("schemas").is_dir()
