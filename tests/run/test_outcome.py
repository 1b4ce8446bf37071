"""What one article gave, as a line and back: every digit, and every character that a record may have."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from taizhang.align import Aligned
from taizhang.article import Article
from taizhang.records import Document, Metric, Place, RectificationItem, Rejection, Span
from taizhang.result import Result
from taizhang.run.account import Account
from taizhang.run.job import article_key
from taizhang.run.outcome import Outcome

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBER = st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from(
    [Decimal("0.10"), Decimal("1.5E+4"), Decimal("-0"), Decimal(10**30), Decimal("3.14159265358979323846")]
)


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    document = Document(id=draw(TEXT), title=draw(st.none() | TEXT), path=draw(TEXT))
    record = RectificationItem(
        id="r",
        document=document,
        place=Place(name=draw(TEXT), candidates=tuple(draw(st.lists(TEXT, max_size=2)))),
        metric=Metric(name=draw(TEXT)),
        value=draw(NUMBER),
        value_max=draw(st.none() | NUMBER),
        unit=draw(TEXT),
        bound="exact",
        kind="count",
        phase="result",
        quote=draw(TEXT),
        sentence=draw(TEXT),
        span=Span(start=0, end=1, raw_start=0, raw_end=1),
        rules=draw(st.dictionaries(TEXT, TEXT, max_size=3)),
        confidence=draw(st.floats(0, 1)),
    )
    reject = Rejection(document=document, reason=draw(TEXT), span=draw(st.none() | st.just(record.span)))
    result = Result(document=document, records=(record,), rejects=(reject,))
    seen = Account(seen=draw(st.integers(0, 9)), in_records=1, in_rejects=1)
    return Outcome(result, None, seen, {"validate": {"records": 1}}, {"clean": draw(st.floats(0, 9))})


@given(outcomes())
def test_a_line_gives_the_outcome_back_in_every_digit_and_order(outcome: Outcome) -> None:
    line = outcome.to_line()
    assert line.isascii()
    assert "\n" not in line
    back = Outcome.from_line(line)
    assert back == outcome
    (record,), (was,) = back.result.records, outcome.result.records
    assert record.value.as_tuple() == was.value.as_tuple(), "0.10 is not 0.1"
    assert list(record.rules) == list(was.rules)


def test_a_line_names_the_article_once_and_others_as_they_are() -> None:
    own, other = Document(id="a", title="清单"), Document(id="b")
    rejects = tuple(Rejection(document=d, reason="date", sentence="3月") for d in (own, own, other))
    line = Outcome(Result(document=own, rejects=rejects)).to_line()
    assert line.count('"title": "') == 1
    back = Outcome.from_line(line).result
    assert [reject.document for reject in back.rejects] == [own, own, other]
    assert back.rejects[0].document is back.document
    assert back.rejects[0].sentence is back.rejects[1].sentence


def test_a_failure_says_so_in_the_result_too() -> None:
    failure = Outcome.failure(Document(id="a"), "timeout", "expected an outcome within 1 s, got none")
    assert failure.result.rejects == (failure.failed,)
    assert Outcome.from_line(failure.to_line()) == failure


def test_half_a_surrogate_pair_is_in_the_key_as_all_else() -> None:
    keys = {article_key(Article.of("3户", Document(id=id_))) for id_ in ("\ud83d", "\ud83e")}
    assert len(keys) == 2


def test_every_part_of_an_article_is_in_its_key() -> None:
    document = Document(id="a", title="整改")
    whole = Article.of("排查12处", document)
    others = [
        Article.of("排查12处", Document(id="a", title="整改", published="2021")),
        Article.of("排查13处", document),
        Article(document, whole.text, whole.raw + " "),
        Article(document, whole.text, whole.raw, title_end=2),
        Article(document, Aligned(whole.raw, ()), whole.raw),
        Article(document, Aligned("排查", ()), "12处"),
        Article(document, Aligned("排查12", ()), "处"),
    ]
    keys = {article_key(article) for article in (whole, *others)}
    assert len(keys) == 1 + len(others)
    assert article_key(Article.of("排查12处", Document(id="a", title="整改"))) == article_key(whole)
