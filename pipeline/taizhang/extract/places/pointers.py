"""Places: what in a text points at a place: names, words like 全市 and 当地, the country, the ministries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from taizhang.extract.places.agencies import HAN, Agency, AgencyGrammar, agency_grammar
from taizhang.extract.places.gazetteer import within
from taizhang.extract.places.realms import realm_patterns
from taizhang.extract.places.shapes import PLACES, Deixis, PlaceRules, PlaceWords, all_forms
from taizhang.extract.places.spans import Spans
from taizhang.extract.places.townships import is_below
from taizhang.lexicon.automaton import FormAutomaton
from taizhang.records import PlaceMention
from taizhang.rules import RuleSet, once
from taizhang.segment.dictionary import dictionary

STATE = ("nation", "ministry")  # kinds of pointers at the country as a whole
ASIDE = 200  # characters of what stands in brackets
STOPS = "，。；！？,;\\n"  # ends of clauses, as a class of a pattern
JUDGED = 30  # characters between a body of the state and what it did at the end of the clause
LINE = 60  # characters between where a line begins and another of its places
GLOSS = 8  # characters of an explanation in brackets between two names
REACH = 6  # characters before a name in which a word that takes it out of the running ends


class Pointer(NamedTuple):
    """One word or chain of names. ``kind``: names, seat, dateline, deixis, agency, nation, ministry, everywhere;
    goal: where something goes; elsewhere: no place of the gazetteer.

    ``chains`` are the places named: several where they are joined (甲市、乙市); each chain is one name or
    several that stand one inside the other (甲省乙市丙县), the most specific last. ``shared``: a town is joined
    to something that is no place.
    """

    start: int
    end: int
    kind: str
    rule: str
    chains: tuple[tuple[PlaceMention, ...], ...] = ()
    shared: bool = False


class PointerRules:
    """The compiled words that point at places and those that take a name out of the running."""

    def __init__(self, rules: PlaceRules, agencies: AgencyGrammar) -> None:
        self.agencies = agencies
        self.deixis: dict[str, Deixis] = {rule.id: rule for rule in rules.deixis}
        self.said = FormAutomaton(_pointing(rules))  # the words, each with the kind of pointer and its rule
        self.tails = _tails(rules)
        self.groups = {rule.id: rule.code for rule in rules.group}
        self.anonymous = frozenset(rule.id for rule in rules.anonymous)
        self.seats = frozenset(alias.id for alias in rules.alias if alias.seat)
        self._of_joints(rules)
        self._of_clauses(rules)
        self._of_speech(rules)
        self._of_state(rules)

    def _of_joints(self, rules: PlaceRules) -> None:
        """What joins places to one another, to a range, and to their glosses in brackets."""
        line = "|".join(f"(?<!{form}){form}(?!{form})" for form in all_forms(rules.range))
        self.range = re.compile(line)
        self.joints = all_forms(rules.joint)
        joint = _either(self.joints)
        self.split = re.compile(joint)
        self.brackets = re.compile(
            "|".join(
                rf"{re.escape(p[0])}[^{re.escape(p)}\n]{{0,{ASIDE}}}{re.escape(p[1])}"
                for p in all_forms(rules.gloss)
            )
        )
        gloss = "|".join(
            rf"{re.escape(p[0])}[^{p[1]}\n\d]{{1,{GLOSS}}}{re.escape(p[1])}" for p in all_forms(rules.gloss)
        )
        self.joint = re.compile(f"(?:{gloss})?(?:{joint})|{line}")
        self.provinces = re.compile(f"(?:{_either(all_forms(rules.several))})(?:{joint})$")

    def _of_clauses(self, rules: PlaceRules) -> None:
        """What the words around a place make of it: a part, a member, a yardstick, one of several, a road."""
        self.after, self.before = frozenset(all_forms(rules.follow)), frozenset(all_forms(rules.precede))
        self.digest = all_forms(rules.digest)
        self.summary = all_forms(rules.summary)
        self.realms = realm_patterns(rules.realm, self.digest)
        self.held = re.compile(_either(all_forms(rules.held)))
        self.member = re.compile(_either(all_forms(rules.member)))
        self.each = re.compile(_either(all_forms(rules.each)))
        self.divide = re.compile(_either(all_forms(rules.divide)))
        self.region_words = all_forms(rules.region_word)
        self.yardstick = all_forms(rules.yardstick)
        self.route = re.compile(
            "|".join(
                rf"(?:{_either(r.forms)})[^。！？；\n]{{1,{LINE}}}?(?:{_either(r.onward)})"
                for r in rules.route
            )
        )
        self.foreign = all_forms(rules.foreign)
        self.recipient = all_forms(rules.recipient)
        self.situated = all_forms(rules.situated)
        self.copula = all_forms(rules.copula)
        self.compared = all_forms(rules.comparison)
        self.first = all_forms(tuple(c for c in rules.comparison if c.located))
        self.firm = all_forms(rules.firm)
        self.road = re.compile("|".join(rf"(?:{_either(r.forms)})(?![{r.unless}])" for r in rules.road))
        self.location = all_forms(rules.location)
        self.partition = all_forms(rules.partition)
        self.attribute = all_forms(rules.attribute)
        self.among = all_forms(rules.among)
        self.example = re.compile(f"{HAN}{{0,{REACH}}}(?:{_either(self.among)})")
        self.total = all_forms(rules.total)

    def _of_speech(self, rules: PlaceRules) -> None:
        """Who speaks: papers and speakers that are no place of what is told, datelines, salutations, quotations."""
        self.colons = all_forms(rules.colon)
        self.salutation = tuple(f"{colon}\n" for colon in self.colons)
        papers = "|".join(f"(?<![{p.but_after}])(?:{_either(p.forms)})" for p in rules.paper)
        colons = "|".join(self.colons)  # 某县先报：, no paper
        self.paper = re.compile(rf"{HAN}{{0,{GLOSS // 2}}}(?:{papers})(?!{HAN}|{colons})")
        self.media = all_forms(tuple(t for t in rules.name_tail if t.medium))
        office, speech = _either(all_forms(rules.office)), _either(all_forms(rules.speech))
        self.speaker = re.compile(rf"{HAN}{{0,4}}?(?:{office}){HAN}{{0,{REACH}}}?(?:{speech})")
        self.dateline = all_forms(rules.dateline)
        pairs = all_forms(rules.quotes)
        self.quoted = re.compile("|".join(f"{p[0]}[^{p[1]}\n]{{0,40}}{p[1]}" for p in pairs))

    def _of_state(self, rules: PlaceRules) -> None:
        """What is known of the nation and of its bodies, and of quotations that are what the following is about."""
        self.matter = all_forms(rules.matter_before), all_forms(rules.matter_after)
        self.nation_name = next(r.forms[0] for r in rules.nation if r.relative and not r.weak)
        self.relative = frozenset(rule.id for rule in rules.nation if rule.relative)
        self.weak = frozenset(rule.id for rule in rules.nation if rule.weak)
        self.weak_tails = all_forms(tuple(t for t in rules.nation_tail if t.weak))
        approval, past = _either(all_forms(rules.approval)), _either(all_forms(rules.past))
        self.approval = re.compile(rf"[^{STOPS}]{{0,{JUDGED}}}(?:{approval})(?:{past}|(?=[{STOPS}]))")
        self.passive = all_forms(rules.passive)
        self.spread = all_forms(rules.spread)


def _pointing(rules: PlaceRules) -> dict[str, tuple[str, str]]:
    """Each word that points at places without naming one, with the kind of pointer and its rule."""
    groups: tuple[tuple[str, Sequence[PlaceWords]], ...] = (
        ("deixis", rules.deixis),
        ("nation", rules.nation),
        ("ministry", rules.ministry),
        ("everywhere", rules.everywhere),
        ("group", rules.group),
        ("elsewhere", (*rules.foreign, *rules.anonymous)),
    )
    return {form: (kind, rule.id) for kind, group in groups for rule in group for form in rule.forms}


def _tails(rules: PlaceRules) -> dict[str, tuple[str, ...]]:
    """What takes a pointer of a kind out of the running when it follows."""
    compared = all_forms(rules.comparison)
    names = all_forms(rules.name_tail)
    return {
        "names": (*names, *all_forms(tuple(c for c in rules.comparison if not c.located))),
        "nation": (*all_forms(tuple(t for t in rules.nation_tail if not t.weak)), *compared),
        "ministry": all_forms(rules.ministry_tail),
        "deixis": compared,
        "everywhere": compared,
        "elsewhere": all_forms(rules.elsewhere_tail),
        "group": (*names, *compared),
    }


def _either(forms: Iterable[str]) -> str:
    return "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f)))


@once
def pointer_rules(rules: RuleSet) -> PointerRules:
    """The pointer rules of a rule set, built once."""
    return PointerRules(rules.load(PLACES, PlaceRules), agency_grammar(rules))


def pointers(text: str, mentions: Sequence[PlaceMention], rules: PointerRules) -> list[Pointer]:
    """Everything in ``text`` that points at a place a figure can be about, in order."""
    quoted = Spans(m.span() for m in rules.quoted.finditer(text) if not _is_matter(text, m, rules))
    groups = _groups(text, mentions, rules)
    called = Spans(
        (a.start, a.end) for a in rules.agencies.find(text, mentions) if _is_called(text, a, rules)
    )
    groups = (p for p in groups if not called.hold(p.start, p.end))
    named = [_directed(text, p, rules) for p in groups if _in_play(text, p, quoted, rules)]
    spans = [(m.start, m.end) for m in mentions]
    words = list(_words(text, spans, quoted, rules))
    said = Spans((w.start, w.end) for w in words)
    bodies = [
        Pointer(a.start, a.end, "agency", a.points)
        for a in rules.agencies.find(text, mentions)
        if a.points and not said.hit(a.start, a.end)
    ]
    return sorted([*named, *words, *bodies], key=lambda p: (p.start, p.end))


def _is_matter(text: str, quotation: re.Match[str], rules: PointerRules) -> bool:
    """Whether a quotation says what the following is about: 针对“…”问题."""
    before, after = rules.matter
    return text.startswith(after, quotation.end()) and text.endswith(before, 0, quotation.start())


def _words(
    text: str, spans: Sequence[tuple[int, int]], quoted: Spans, rules: PointerRules
) -> Iterator[Pointer]:
    count = dictionary().count  # the word 园区 takes 区里 out of 园区里
    taken = {i for low, high in spans for i in range(low, high)}
    for start, end, (kind, rule) in rules.said.longest(text):
        head = text[max(0, start - REACH) : start]
        other = text.startswith(rules.tails[kind], end) or text.startswith(rules.region_words, end - 1)
        other = other or head.endswith(rules.yardstick) or bool(start and count(text[start - 1 : start + 1]))
        other = other or (kind in ("nation", "ministry") and head.endswith(rules.foreign))
        other = other or (kind == "elsewhere" and head.endswith(rules.recipient))
        other = other or (kind == "nation" and quoted.hold(start, end))
        other = other or (rule in rules.weak - rules.relative and text.startswith(rules.weak_tails, end))
        other = other or (kind == "ministry" and rules.approval.match(text, end) is not None)
        other = other or (kind in STATE and head.endswith(rules.passive))
        if not other and taken.isdisjoint(range(start, end)):
            yield Pointer(start, end, kind, rule)


def _groups(text: str, mentions: Sequence[PlaceMention], rules: PointerRules) -> Iterator[Pointer]:
    """Names that stand straight side by side as one chain, chains with a joint between as one pointer."""
    chains: list[list[PlaceMention]] = []
    for mention in mentions:
        last = chains[-1][-1] if chains else None
        apart = last is not None and _apart(last, mention)
        if last and last.end == mention.start and apart and _names_thing(text, mention.end, rules):
            continue
        if last and last.end == mention.start and not apart:
            chains[-1].append(mention)
            continue
        if last and not rules.joint.fullmatch(text, last.end, mention.start):
            yield _pointer(text, chains, rules)
            chains = []
        chains.append([mention])
    if chains:
        yield _pointer(text, chains, rules)


def _apart(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether two names side by side are of places that have nothing to do with each other: 静安区|南京."""
    if one.code is None or other.code is None:
        return False
    return not (within(one.code, other.code) or within(other.code, one.code))


def _names_thing(text: str, end: int, rules: PointerRules) -> bool:
    """Whether the name that ends here is a part of another: of a road, a paper, a house."""
    found = rules.paper.match(text, end) or rules.road.match(text, end)
    return bool(found) or text.startswith(rules.tails["names"], end)


def _pointer(text: str, chains: list[list[PlaceMention]], rules: PointerRules) -> Pointer:
    first, last = chains[0][0], chains[-1][-1]
    rule = "below" if is_below(last) else last.rule
    kind = "seat" if last.rule in rules.seats else "names"
    if text[max(0, first.start - REACH) : first.start].endswith(rules.dateline):
        kind = "dateline"
    shared = is_below(last) and rules.joint.match(text, last.end) is not None
    return Pointer(first.start, last.end, kind, rule, tuple(map(tuple, chains)), shared)


def _in_play(text: str, p: Pointer, quoted: Spans, rules: PointerRules) -> bool:
    """Whether a name can be what a figure is about: not a part of a title, a yardstick, one end of a line."""
    if quoted.hold(p.start, p.end):
        return False
    named = _names_thing(text, p.end, rules)
    first = text.startswith(rules.first, p.end) and text.endswith(rules.location, 0, p.start)
    if len(p.chains) == 1 and (named or first or _ends_line(text, p.start, p.end, rules)):
        return False
    return p.kind != "names" or not text.endswith(rules.yardstick, 0, p.start)


def _is_called(text: str, body: Agency, rules: PointerRules) -> bool:
    """Whether a body is whom a letter or report is written to: alone in its line, before a colon."""
    alone = body.start == 0 or text[body.start - 1] == "\n"
    return alone and text.startswith(rules.salutation, body.end)


def _ends_line(text: str, start: int, end: int, rules: PointerRules) -> bool:
    """Whether a single name is one end of a line whose other end is no name: 虎林—长春."""
    if rules.range.match(text, end):
        return True
    word = start > 1 and dictionary().count(text[start - 2 : start])  # 甚至, 直至
    return bool(start and not word and rules.range.match(text, start - 1) and text[start - 2].isalnum())


def is_idle(text: str, mention: PlaceMention, rules: PointerRules) -> bool:
    """Whether a name says nothing of where its text is: a paper's, one end of a line, what something is measured by."""
    medium = rules.paper.match(text, mention.end) or text.startswith(rules.media, mention.end)
    compared = text.startswith(rules.compared, mention.end)
    if medium or compared or text.endswith((*rules.yardstick, *rules.recipient), 0, mention.start):
        return True
    return _ends_line(text, mention.start, mention.end, rules)


def _directed(text: str, p: Pointer, rules: PointerRules) -> Pointer:
    """The pointer; as a goal where its name comes after a word such as 向, 支援 or 来自."""
    directed = p.kind == "names" and text.endswith(rules.recipient, 0, p.start)
    return p._replace(kind="goal") if directed else p
