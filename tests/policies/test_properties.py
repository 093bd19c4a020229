"""What holds for every policy: order, what is outside, what was taken back, and more service."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from baodao.policies.rules.assessments import Assessment, assess
from baodao.policies.rules.deeds import Deed, ExemptTime, Spell, SubjectFacts
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.policies.rules.requirements import GOOD, Fulfilment
from tests.policies.examples import NAMES, preset

PERSONAL = [name for name in NAMES if preset(name).subject == "person"]
LIFELONG = {"r15"}
"""Counts a whole life: nothing lies outside."""

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
NAMES_DRAWN = st.sampled_from(PERSONAL)
KINDS = st.sampled_from(
    [DeedKind.SERVICE, DeedKind.REPORT, DeedKind.CLAIM, DeedKind.PROJECT, DeedKind.FEEDBACK]
)
TRAITS = st.fixed_dictionaries(
    {
        DeedTrait.WAY: st.sampled_from(["activity", "post"]),
        DeedTrait.KIND: st.sampled_from(["policy", "environment", "patrol"]),
        DeedTrait.PLACE: st.sampled_from(["home", "elsewhere"]),
    }
)


@st.composite
def facts(draw: st.DrawFn) -> SubjectFacts:
    """One member with some deeds, perhaps a time of exemption."""
    count = draw(st.integers(0, 12))
    deeds = tuple(
        Deed(f"{number:02}", draw(KINDS), draw(DAYS), None, draw(st.integers(10, 600)), 1, drawn)
        for number in range(count)
        for drawn in [draw(TRAITS)]
    )
    joined = draw(st.dates(date(2023, 1, 1), date(2027, 12, 31)))
    begin = draw(DAYS)
    exempt = (ExemptTime(begin, begin + timedelta(days=draw(st.integers(0, 200)))),)
    return SubjectFacts("x", deeds, (Spell(joined),), exempt if draw(st.booleans()) else (), joined)


def _result(one: Assessment) -> tuple[object, ...]:
    return one.state, one.grade, one.star, one.value, one.consequences, sorted(one.counted)


@settings(max_examples=60, deadline=None)
@given(NAMES_DRAWN, facts(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(
    name: str, known: SubjectFacts, day: date, random: object
) -> None:
    deeds = list(known.deeds)
    random.shuffle(deeds)  # type: ignore[attr-defined]
    rules = preset(name)
    assert assess(rules, replace(known, deeds=tuple(deeds)), day) == assess(rules, known, day)


@settings(max_examples=60, deadline=None)
@given(NAMES_DRAWN.filter(lambda name: name not in LIFELONG), facts(), DAYS, st.booleans())
def test_a_fact_outside_every_window_changes_nothing(
    name: str, known: SubjectFacts, day: date, earlier: bool
) -> None:
    on = date(2019, 5, 1) if earlier else day + timedelta(days=1)
    more = Deed("far", DeedKind.SERVICE, on, None, 600, 1, {DeedTrait.WAY: "activity"})
    rules = preset(name)
    whole = replace(known, deeds=(*known.deeds, more))
    assert _result(assess(rules, whole, day)) == _result(assess(rules, known, day))


@settings(max_examples=60, deadline=None)
@given(NAMES_DRAWN, facts(), DAYS, DAYS)
def test_what_was_taken_back_never_was(name: str, known: SubjectFacts, day: date, on: date) -> None:
    wrong = Deed("wrong", DeedKind.SERVICE, on, None, 600, 1, {DeedTrait.WAY: "activity"})
    back = wrong._replace(id="back", reverses="wrong")
    rules = preset(name)
    whole = replace(known, deeds=(*known.deeds, back, wrong))
    assert _result(assess(rules, whole, day)) == _result(assess(rules, known, day))


_RANKS = {None: 0, **dict.fromkeys(GOOD, 0), Fulfilment.OPEN: 1, Fulfilment.MISSED: 2}


@settings(max_examples=60, deadline=None)
@given(NAMES_DRAWN, facts(), DAYS, DAYS)
def test_more_service_never_worsens_a_result(
    name: str, known: SubjectFacts, day: date, on: date
) -> None:
    more = Deed("more", DeedKind.SERVICE, on, None, 90, 1, {DeedTrait.WAY: "activity"})
    rules = preset(name)
    before = assess(rules, known, day)
    after = assess(rules, replace(known, deeds=(*known.deeds, more)), day)
    assert _RANKS[after.state] <= _RANKS[before.state]
    assert (after.value or 0) >= (before.value or 0)
    assert len(after.consequences) <= len(before.consequences)


@settings(max_examples=40, deadline=None)
@given(NAMES_DRAWN, facts(), DAYS)
def test_many_subjects_at_once_come_out_as_one_alone(
    name: str, known: SubjectFacts, day: date
) -> None:
    rules = preset(name)
    alone = _result(assess(rules, known, day))
    assert _result(assess(rules, known, day, tells=False)) == (*alone[:-1], [])
