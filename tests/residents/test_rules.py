"""What a file rests on, what it says, and when somebody is a child."""

from dataclasses import replace
from datetime import date

import pytest

from baodao.accounts.rules import AssessmentFacts, check_assessment
from baodao.kernel.errors import Refused
from baodao.residents.rules.entries import HouseholdEntry, check_names_nobody
from baodao.residents.rules.households import (
    CATEGORIES,
    FileBasisFacts,
    MeasureFacts,
    ResidentFacts,
    SupportFacts,
    check_basis,
    check_measure,
    check_resident,
    check_support,
    is_child,
    told_count,
)
from baodao.residents.rules.policies import CLOSE_MEASURES
from baodao.residents.rules.proposals import TakenMeasure, proposals_of, read_line

TODAY = date(2026, 6, 10)
BASIS = FileBasisFacts("consent", "书面同意", TODAY, date(2027, 6, 10))
MEASURE = MeasureFacts("aid", "申请临时救助", TODAY, "小周")
ASSESSMENT = AssessmentFacts("household-files", "影响评估", "王书记", TODAY, "目的和措施")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"kind": "duty"}, None),
        ({"kind": "habit"}, "household.basis"),
        ({"text": " "}, "household.basis"),
        ({"given_on": date(2026, 6, 11)}, "household.basis-day"),
        ({"kept_until": TODAY}, "household.kept-until"),
        ({"kept_until": date(2027, 6, 11)}, "household.kept-until"),
    ],
)
def test_a_file_rests_on_a_basis_and_has_its_day(changes: dict, code: str | None) -> None:
    refused = None
    try:
        check_basis(replace(BASIS, **changes), TODAY, 365)
    except Refused as error:
        refused = error.code
    assert refused == code


@pytest.mark.parametrize(
    ("born", "child"), [(2012, True), (2013, True), (2026, True), (2011, False), (1950, False)]
)
def test_who_may_be_under_fourteen_is_a_child(born: int, child: bool) -> None:
    assert is_child(born, 2026) is child


@pytest.mark.parametrize(
    "resident",
    [
        ResidentFacts("", 1980, "spouse"),
        ResidentFacts("高兰", 1899, "spouse"),
        ResidentFacts("高兰", 2027, "spouse"),
        ResidentFacts("高兰", 1980, "neighbour"),
        ResidentFacts("高大妈", 1980, "spouse"),
    ],
)
def test_somebody_of_a_household_has_a_name_a_year_and_a_relation(resident: ResidentFacts) -> None:
    check_resident(ResidentFacts("高兰", 1906, "spouse"), 2026)
    with pytest.raises(Refused):
        check_resident(resident, 2026)


@pytest.mark.parametrize(
    "facts",
    [
        replace(MEASURE, kind="money"),
        replace(MEASURE, text=" "),
        replace(MEASURE, doer=""),
        replace(MEASURE, due_on=date(2026, 6, 9)),
    ],
)
def test_a_measure_says_what_who_and_when(facts: MeasureFacts) -> None:
    check_measure(MEASURE, TODAY)
    with pytest.raises(Refused):
        check_measure(facts, TODAY)


@pytest.mark.parametrize(
    "facts",
    [SupportFacts([], "close"), SupportFacts(["rich"], "close"), SupportFacts(["alone"], "first")],
)
def test_difficulties_and_grade_are_of_the_dictionary(facts: SupportFacts) -> None:
    check_support(SupportFacts(["alone"], "close"), CATEGORIES)
    with pytest.raises(Refused):
        check_support(facts, CATEGORIES)


@pytest.mark.parametrize("words", ["去看高 凤英", "电话19900008881", "8号楼"])
def test_words_that_stay_on_record_name_nobody(words: str) -> None:
    entry = HouseholdEntry("高凤英", "独居", "19900008881", "8号楼")
    check_names_nobody("上门核实低保条件", entry)
    with pytest.raises(Refused, match=r"household\.names"):
        check_names_nobody(words, entry)


@pytest.mark.parametrize(
    "facts",
    [
        replace(ASSESSMENT, key="stars"),
        replace(ASSESSMENT, approved_on=date(2026, 6, 11)),
        replace(ASSESSMENT, approved_on=date(2023, 6, 1)),
    ],
)
def test_an_assessment_is_for_a_switch_that_needs_it_and_recent(facts: AssessmentFacts) -> None:
    check_assessment(ASSESSMENT, TODAY)
    with pytest.raises(Refused):
        check_assessment(facts, TODAY)


@pytest.mark.parametrize(("count", "least"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (23, 20)])
def test_above_the_community_a_count_is_told_in_steps(count: int, least: int) -> None:
    assert told_count(count) == least


def test_two_counts_differ_by_nothing_or_by_five_at_least() -> None:
    steps = {abs(told_count(a) - told_count(b)) for a in range(60) for b in range(60)}
    assert not steps & {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("每月上门看望：帮扶小组", ("上门看望", 30, "帮扶小组")),
        ("每半月送餐", ("送餐", 15, "社区")),
        ("每年体检:卫生站", ("体检", 365, "卫生站")),
        ("上门看望", None),
        ("每周", None),
        ("每周：社区", None),
    ],
)
def test_a_line_says_how_often_what_and_by_whom(
    line: str, parts: tuple[str, int, str] | None
) -> None:
    if parts is None:
        with pytest.raises(Refused, match=r"household\.proposal"):
            CLOSE_MEASURES.check([line], ())
        return
    CLOSE_MEASURES.check([line], ())
    one = read_line(line)
    assert (one.text, one.days, one.doer) == parts


@pytest.mark.parametrize(
    ("taken", "due"),
    [
        ([], [date(2026, 7, 10)]),
        ([TakenMeasure("每月送餐", True, None)], []),
        ([TakenMeasure("每月送餐", False, date(2026, 6, 1))], [date(2026, 7, 1)]),
        ([TakenMeasure("每月送餐", False, date(2026, 3, 1))], [TODAY]),
        ([TakenMeasure("每月送餐", False, None)], [date(2026, 7, 10)]),
    ],
)
def test_a_line_is_proposed_while_no_measure_of_it_waits(
    taken: list[TakenMeasure], due: list[date]
) -> None:
    assert [one.due_on for one in proposals_of(["每月送餐"], taken, TODAY)] == due
