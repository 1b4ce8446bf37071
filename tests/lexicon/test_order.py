"""No rule's position decides: shuffled files give the same rules and the same bytes, and restating changes nothing."""

from __future__ import annotations

import random
import re
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from taizhang import rules as loading
from taizhang.article import Article
from taizhang.errors import RuleError
from taizhang.extract.dates.find import find_dates
from taizhang.pipeline import Pipeline
from taizhang.rulebook.files import SHAPES
from taizhang.rules import RuleSet, shipped

pytestmark = pytest.mark.usefixtures("rules_read_once")  # by their bytes: another order is another rule set

TOP = Path(__file__).parents[2]
SHIPPED = shipped("rules")
BLOCK = re.compile(r"(?m)^(?=\[\[?[\w-]+\])")  # before the head of a table; one within another stays with it
TEXTS = [
    "2021年9月，清溪县排查出安全隐患31处，已整改28处，整改率90.3%，其中涉及学校5处；投入资金1260万元，惠及居民近3万户。",
    "截至10月底，全市共有敬老院41家，床位4100张，较上年增长5%；到2025年，将新建12家，力争入住率达到八成以上。",
    "巡察发现问题57个，已销号49个，未达到序时进度的2个，给予党纪政务处分3人，追缴违纪款12.6万元，清退8.2万元。",
    "太原市解决问题614个，前三季度受理诉求一万二千余件，每月走访群众300多户，比去年同期多出两成。",
    "10月1日至7日，接待游客1.5万余人次，三公经费下降三分之一，11所学校的第二批设备到位，上世纪九十年代的4栋楼拆除。",
]


ORDERED = """
[[exclusion]]
id = "my.order"
reason = "name"
pattern = "{n}号令"
examples = ["⟨3号令⟩"]
counter_examples = ["3道令"]
"""


def shuffled(path: Path, text: str, chance: random.Random) -> str:
    """A rule file with its tables, or its lines, in another order."""
    if path.suffix == ".toml":
        head, *parts = BLOCK.split(text)
    else:
        lines = text.splitlines(keepends=True)
        told = [
            line for line in lines if line.startswith(("#", "feature\t"))
        ]  # remarks, and names of columns
        head = "".join(told)
        parts = [line for line in lines if line not in told]
    parts = [part if part.endswith("\n") else part + "\n" for part in parts]
    chance.shuffle(parts)
    return head + "".join(parts)


@contextmanager
def shipping(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """``folder`` in place of the rules that ship."""
    with monkeypatch.context() as patch:
        patch.setattr(loading, "shipped", lambda name: folder if name == "rules" else shipped(name))
        yield


@pytest.fixture(scope="module", params=[1, 2, 3])
def other_order(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    chance = random.Random(request.param)
    folder = tmp_path_factory.mktemp("shuffled") / "rules"
    shutil.copytree(SHIPPED, folder)
    for path in sorted(folder.rglob("*.t[os][mv]*")):
        path.write_text(shuffled(path, path.read_text("utf-8"), chance), "utf-8")
    for inner in sorted({path.parent for path in folder.glob("*/*.toml")}):
        parts = sorted(inner.iterdir())
        others = chance.sample(parts, len(parts))
        for path, content in zip(others, [path.read_bytes() for path in parts], strict=True):
            path.write_bytes(content)
    return folder


def whole(name: str) -> str:
    """A shipped rule file, or all its parts as one."""
    return "".join(path.read_text("utf-8") for path in RuleSet().parts(name, SHIPPED))


def results(pipeline: Pipeline) -> list[str]:
    made = []
    seeds = [path.read_text("utf-8", errors="ignore") for path in sorted((TOP / "seeds").glob("*.txt"))]
    for text in [*TEXTS, *seeds]:
        found = pipeline.extract(text, published="2021-11-02")
        made += [item.model_dump_json() for item in (*found.records, *found.rejects)]
    return made


@pytest.fixture(scope="module")
def expected() -> list[str]:
    return results(Pipeline())


def test_shuffled_rules_are_the_same_rules(other_order: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = RuleSet()
    with shipping(other_order, monkeypatch):
        other = RuleSet()
    assert other.words == plain.words and other.word_classes == plain.word_classes
    assert [
        name for name, shape in SHAPES.items() if other.load(name, shape) != plain.load(name, shape)
    ] == []


def test_shuffled_rules_give_the_same_bytes(
    other_order: Path, monkeypatch: pytest.MonkeyPatch, expected: list[str]
) -> None:
    with shipping(other_order, monkeypatch):
        assert results(Pipeline()) == expected


def test_what_is_shuffled_is_another_order(other_order: Path) -> None:
    names = [path.relative_to(other_order) for path in other_order.rglob("*.t[os][mv]*")]
    same = [n for n in names if (other_order / n).read_bytes() == (SHIPPED / n).read_bytes()]
    assert len(names) > 25 and [n for n in same if (SHIPPED / n).stat().st_size > 4000] == []


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_restating_shipped_rules_changes_nothing(name: str, tmp_path: Path) -> None:
    text = shuffled(Path(name), whole(name), random.Random(5))
    (tmp_path / name).write_text(text, "utf-8")
    own = RuleSet([tmp_path])
    assert own.load(name, SHAPES[name]) == RuleSet().load(name, SHAPES[name])


def test_parts_of_a_file_are_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "exclusions.toml").write_text(ORDERED, "utf-8")
    (tmp_path / "exclusions").mkdir()
    (tmp_path / "exclusions" / "mine.toml").write_text(ORDERED.replace("my.order", "my.other"), "utf-8")
    rules = RuleSet([tmp_path]).load("exclusions.toml", SHAPES["exclusions.toml"])
    assert [rule.id for rule in rules.exclusion[:2]] == ["my.order", "my.other"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("first", "second"), [(ORDERED, ORDERED), ("exclusion = []\n", "exclusion = []\n")], ids=["rule", "table"]
)
def test_parts_of_a_file_that_tell_one_thing_twice_are_refused(
    first: str, second: str, tmp_path: Path
) -> None:
    (tmp_path / "exclusions").mkdir()
    (tmp_path / "exclusions" / "a.toml").write_text(first, "utf-8")
    (tmp_path / "exclusions" / "b.toml").write_text(second, "utf-8")
    with pytest.raises(
        RuleError, match=r"b\.toml: expected exclusion.* in one file of the folder, .*a\.toml"
    ):
        RuleSet([tmp_path]).load("exclusions.toml", SHAPES["exclusions.toml"])


def test_a_folder_that_no_rule_file_is_named_like_is_told(tmp_path: Path) -> None:
    (tmp_path / "exclusion").mkdir()
    (tmp_path / "exclusion" / "mine.toml").write_text(ORDERED, "utf-8")
    with pytest.raises(
        RuleError, match=r"mine\.toml: expected the name of a shipped .*, got exclusion\.toml"
    ):
        RuleSet([tmp_path])


def test_what_excludes_stands_in_a_file_that_is_called_by_the_reason() -> None:
    misplaced = [
        (path.name, rule["id"])
        for path in RuleSet().parts("exclusions.toml", SHIPPED)
        for table in tomllib.loads(path.read_text("utf-8")).values()
        for rule in table
        if rule["reason"] != path.stem.partition("_")[0] or not rule["id"].startswith(rule["reason"])
    ]
    assert misplaced == []


def test_restating_all_that_ships_gives_the_same_bytes(other_order: Path, expected: list[str]) -> None:
    assert results(Pipeline([other_order])) == expected


VISITS = """
[[action]]
id = "my.visits"
phase = "result"
forms = ["走访"]
examples = ["⟨走访⟩农户20户"]
counter_examples = ["农户20户"]
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("actions.toml", VISITS),
        (
            "words/verbs.tsv",
            "走访\tvisit\t\tresult\tplain\tv\thand\taction.result.solve lexicon.verb\t\n",
        ),
    ],
    ids=["as a rule", "as a line"],
)
def test_a_users_word_overrules_the_shipped_one(name: str, content: str, tmp_path: Path) -> None:
    text = "清溪县走访农户20户。"
    assert [r.phase for r in Pipeline().extract(text).records] == ["measure"]
    (tmp_path / "words").mkdir()
    (tmp_path / name).write_text(content, "utf-8")
    assert [r.phase for r in Pipeline([tmp_path]).extract(text).records] == ["result"]


OVERRULING = [
    # file, a user's entry, a text, and what its record or reject then tells by the user's rule
    ("units.toml", 'unit]]\nid = "zz.unit"\nkind = "area"\nforms = ["亩"]', "清溪县造林20亩。", "unit"),
    (
        "bounds.toml",
        'bound]]\nid = "zz.bound"\nbound = "over"\nplace = "before"\nforms = ["约"]',
        "造林约20亩。",
        "bound",
    ),
    (
        "phases.toml",
        'modality]]\nid = "zz.word"\nphase = "target"\nforms = ["已经"]',
        "已经造林20亩。",
        "phase",
    ),
    ("names.toml", 'words]]\nid = "zz.name"\nreason = "date"\nforms = ["三会一课"]', "召开三会一课。", ""),
    ("idioms.toml", 'words]]\nid = "zz.idiom"\nreason = "name"\nforms = ["一批"]', "造林一批。", ""),
    (
        "exclusions.toml",
        'exclusion]]\nid = "zz.date"\nreason = "name"\npattern = "第{n}批"',
        "第3批项目。",
        "",
    ),
    (
        "dates.toml",
        'pattern]]\nid = "zz.day"\nreads = "nothing"\npattern = "\\\\d+月\\\\d+日"',
        "3月5日造林。",
        "date",
    ),
]


@pytest.mark.parametrize(("name", "entry", "text", "field"), OVERRULING, ids=[row[0] for row in OVERRULING])
def test_a_users_rule_goes_before_the_shipped_ones(
    name: str, entry: str, text: str, field: str, tmp_path: Path
) -> None:
    content = f'[[{entry}\nexamples = ["⟨3月5日⟩"]\ncounter_examples = ["b"]\n'
    (tmp_path / name).write_text(content, "utf-8")
    pipeline = Pipeline([tmp_path])
    own = entry.split('"')[1]
    if field == "date":
        assert [date.rule for date in find_dates(text, pipeline.rules, "2021-11-02")] == [own]
    elif field == "phase":
        (candidate,) = pipeline.run(Article.of(text)).extraction.candidates
        assert f"reader={own}" in candidate.choices["phase"].winner.features
    elif field:
        assert [record.rules[field] for record in pipeline.extract(text).records] == [own]
    else:
        assert [reject.rule for reject in pipeline.extract(text).rejects] == [own]


def test_a_plan_with_a_users_verb_is_still_a_plan(tmp_path: Path) -> None:
    (tmp_path / "actions.toml").write_text(VISITS, "utf-8")
    (found,) = Pipeline([tmp_path]).extract("明年计划走访农户20户。").records
    assert found.phase == "target"


def test_two_rules_of_a_users_own_may_list_one_word(tmp_path: Path) -> None:
    both = VISITS + VISITS.replace("my.visits", "my.other").replace('"result"', '""')
    (tmp_path / "actions.toml").write_text(both, "utf-8")
    own = RuleSet([tmp_path]).load("actions.toml", SHAPES["actions.toml"])
    lists = [rule.id for rule in own.action if "走访" in rule.forms]  # type: ignore[attr-defined]
    assert lists == ["my.other", "my.visits"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_files_are_read_as_editors_write_them(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "actions.toml").write_text(VISITS, encoding)
    (found,) = Pipeline([tmp_path]).extract("清溪县走访农户20户。").records
    assert found.phase == "result"


@pytest.mark.parametrize(
    ("name", "table", "pattern"),
    [
        ("exclusions.toml", 'exclusion]]\nreason = "name', "{n}座(?=面包车"),
        ("dates.toml", 'pattern]]\nreads = "nothing', "[闰月"),
        ("grammar.toml", "turn]]", "*{gap}"),
    ],
)
def test_a_pattern_that_is_no_expression_is_told_when_it_is_loaded(
    name: str, table: str, pattern: str, tmp_path: Path
) -> None:
    head, _, rest = table.partition("\n")
    more = f'{rest}"\n' if rest else ""
    rule = f'[[{head}\n{more}id = "my.bad"\npattern = "{pattern}"\nexamples = ["⟨a⟩"]\ncounter_examples = ["b"]\n'
    (tmp_path / name).write_text(rule, "utf-8")
    with pytest.raises(RuleError) as error:
        Pipeline([tmp_path]).prepare()
    told = str(error.value)
    assert [
        part for part in (name, "my.bad", "pattern", "regular expression", pattern) if part not in told
    ] == []
