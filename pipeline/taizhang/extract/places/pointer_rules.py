"""Places: the words that point at a place and those that take a name out of the running, compiled from the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from taizhang.errors import RuleError
from taizhang.extract.places.agencies import HAN, AgencyGrammar, agency_grammar
from taizhang.extract.places.realms import realm_patterns
from taizhang.extract.places.shapes import PLACES, Deixis, PlaceRules, PlaceWords, all_forms
from taizhang.lexicon.automaton import FormAutomaton
from taizhang.rules import RuleSet, once

ASIDE = 200  # characters of what stands in brackets
STOPS = "，。；！？,;\\n"  # ends of clauses, as a class of a pattern
JUDGED = 30  # characters between a body of the state and what it did at the end of the clause
LINE = 60  # characters between where a line begins and another of its places
GLOSS = 8  # characters of an explanation in brackets between two names
REACH = 6  # characters before a name in which a word that takes it out of the running ends


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
        self.counted = re.compile(rf"[^{STOPS}]{{1,{GLOSS}}}?(?:{_either(all_forms(rules.provinces))})")

    def _of_clauses(self, rules: PlaceRules) -> None:
        """What the words around a place make of it: a part, a member, a yardstick, one of several, a road."""
        self.after, self.before = frozenset(all_forms(rules.follow)), frozenset(all_forms(rules.precede))
        self.digest = all_forms(rules.digest)
        self.summary = all_forms(rules.summary)
        self.realms = realm_patterns(rules.realm, self.digest)
        self.held = re.compile(_either(all_forms(rules.held)))
        self.member = re.compile(_either(all_forms(rules.member)))
        self.each = re.compile(_either(all_forms(rules.each)))
        self.together = {form: rule.count for rule in rules.both for form in rule.forms}
        self.both = re.compile(_either(self.together))
        self.back = re.compile(_either(all_forms(rules.back)))
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
        self.origin = all_forms(rules.departure)
        departs = _either(form for r in rules.departure for form in r.onward)
        self.departs = re.compile(f"[^{STOPS}]{{0,{GLOSS}}}?(?:{departs})")
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
        self.speech = re.compile(speech)
        self.speaker = re.compile(rf"{HAN}{{0,4}}?(?:{office}){HAN}{{0,{REACH}}}?(?:{speech})")
        self.dateline = all_forms(rules.dateline)
        pairs = all_forms(rules.quotes)
        self.quoted = re.compile("|".join(f"{p[0]}[^{p[1]}\n]{{0,40}}{p[1]}" for p in pairs))

    def _of_state(self, rules: PlaceRules) -> None:
        """What is known of the nation and of its bodies, and of quotations that are what the following is about."""
        self.matter = all_forms(rules.matter_before), all_forms(rules.matter_after)
        names = [rule.name for rule in rules.nation if rule.name]
        if not names:
            raise RuleError(f"{PLACES}: expected a rule of the table nation with the key name, got none")
        self.nation_name = names[0]
        self.ours = re.compile(_either(form for r in rules.nation for form in r.forms))
        partner = rf"[^{STOPS}]{{0,{JUDGED}}}?(?:{_either(all_forms(rules.partner))})"
        self.partner = re.compile(f"{partner}(?:{self.ours.pattern})")
        self.relative = frozenset(rule.id for rule in rules.nation if rule.relative)
        self.weak = frozenset(rule.id for rule in rules.nation if rule.weak)
        self.weak_tails = all_forms(tuple(t for t in rules.nation_tail if t.weak))
        approval, past = _either(all_forms(rules.approval)), _either(all_forms(rules.past))
        self.approval = re.compile(rf"[^{STOPS}]{{0,{JUDGED}}}(?:{approval})(?:{past}|(?=[{STOPS}]))")
        self.passive = all_forms(rules.passive)
        self.local = all_forms(rules.local)
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
