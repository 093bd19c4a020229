"""What is proposed of a result, how votes are counted, what may be shown and signed: tables."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from baodao.honours.rules.lives import KINDS_AT, POSITIVE, VERDICTS, HonourKind, HonourVerdict
from baodao.honours.rules.rounds import (
    HonourRoundFacts,
    PolicyGround,
    check_complete,
    check_issuable,
    check_not_own,
    check_number,
    check_objectable,
    check_round,
    check_verdict,
    check_words,
    list_change,
    proposed_verdict,
)
from baodao.honours.rules.votes import (
    VoteFacts,
    check_ballot,
    check_closing,
    check_vote,
    check_voting,
    settled,
    vote_result,
)
from baodao.kernel.errors import Refused
from baodao.kernel.moments import span_of
from baodao.orgs.rules.tree import Kind

DAY = date(2026, 6, 30)
K, V = HonourKind, HonourVerdict
A, B, C, D = (UUID(int=number) for number in range(1, 5))


def ground(state: str, grade: str = "", star: str = "") -> PolicyGround:
    return PolicyGround(UUID(int=9), "R2 第1版", state, grade, star, "还差 1 次活动")


@pytest.mark.parametrize(
    ("kind", "result", "proposed"),
    [
        (K.REVIEW, ground("met"), V.QUALIFIED),
        (K.REVIEW, ground("excused"), V.QUALIFIED),
        (K.REVIEW, ground("missed"), V.BASIC),
        (K.REVIEW, ground("open"), None),
        (K.REVIEW, ground("judged"), None),
        (K.REVIEW, ground("judged", "优秀"), V.EXCELLENT),
        (K.ELIGIBILITY, ground("judged"), None),
        (K.REVIEW, None, None),
        (K.REVIEW, ground("met", "优秀"), V.EXCELLENT),
        (K.REVIEW, ground("missed", "不合格"), V.UNQUALIFIED),
        (K.REVIEW, ground("met", "甲等"), V.QUALIFIED),
        (K.ELIGIBILITY, ground("met"), V.ELIGIBLE),
        (K.ELIGIBILITY, ground("excused"), V.ELIGIBLE),
        (K.ELIGIBILITY, ground("missed"), V.BARRED),
        (K.ELIGIBILITY, ground("open"), None),
        (K.RATING, ground("met", star="三星"), V.CHOSEN),
        (K.RATING, ground("met"), V.PASSED_OVER),
        (K.STAR, ground("met"), None),
        (K.PARTNER, None, None),
    ],
)
def test_what_is_proposed_of_a_result(
    kind: HonourKind, result: PolicyGround | None, proposed: HonourVerdict | None
) -> None:
    assert proposed_verdict(kind, result) == proposed


def test_each_kind_has_words_of_which_some_are_public_and_some_are_not() -> None:
    for kind in HonourKind:
        words = set(VERDICTS[kind])
        assert words & POSITIVE
        assert words - POSITIVE
        assert check_verdict(kind, VERDICTS[kind][0])
        with pytest.raises(Refused, match=r"honour\.verdict"):
            check_verdict(kind, None)
    with pytest.raises(Refused, match=r"honour\.verdict"):
        check_verdict(K.REVIEW, V.CHOSEN)


@pytest.mark.parametrize(
    ("kind", "most", "first", "place", "code"),
    [
        (K.REVIEW, 0, DAY, Kind.UNIT, ""),
        (K.REVIEW, 0, DAY, Kind.COMMUNITY, "honour.kind"),
        (K.ELIGIBILITY, 0, DAY, Kind.DISTRICT, "honour.kind"),
        (K.PARTNER, 1, DAY, Kind.UNIT, "honour.kind"),
        (K.STAR, 0, DAY, Kind.COMMUNITY, "honour.most"),
        (K.STAR, 201, DAY, Kind.COMMUNITY, "honour.most"),
        (K.STAR, 200, DAY, Kind.STREET, ""),
        (K.STAR, 1, DAY + timedelta(days=1), Kind.STREET, "honour.period"),
        (K.STAR, 1, DAY, Kind.GRID, "honour.kind"),
    ],
)
def test_what_a_round_may_judge(
    kind: HonourKind, most: int, first: date, place: Kind, code: str
) -> None:
    row = HonourRoundFacts(kind, span_of(first, first + timedelta(days=30)), most)
    if not code:
        check_round(row, place, DAY)
        return
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        check_round(row, place, DAY)


def test_every_kind_is_judged_somewhere() -> None:
    assert {kind for kinds in KINDS_AT.values() for kind in kinds} == set(HonourKind)


@pytest.mark.parametrize(
    ("ballots", "most", "elect", "tied", "places"),
    [
        ([[A], [A], [B]], 1, {A}, set(), 0),
        ([[A], [B]], 1, set(), {A, B}, 1),
        ([[A, B], [A, C]], 2, {A}, {B, C}, 1),
        ([[A, B], [A, B], [C]], 2, {A, B}, set(), 0),
        ([[A, B, C]], 2, set(), {A, B, C}, 2),
        ([[A]], 3, {A}, set(), 0),
        ([], 1, set(), set(), 0),
        ([[D]], 1, set(), set(), 0),
        ([[A, A, A], [B], [B]], 1, {B}, set(), 0),
    ],
)
def test_votes_are_counted(
    ballots: list[list[UUID]], most: int, elect: set[UUID], tied: set[UUID], places: int
) -> None:
    for order in (ballots, ballots[::-1]):
        result = vote_result({A, B, C}, order, most)
        assert (result.elect, result.tied, result.places) == (elect, tied, places)


def test_a_tie_is_settled_by_hand_with_as_many_as_places_are_left() -> None:
    result = vote_result({A, B, C}, [[A, B], [A, C]], 2)
    assert settled(result, [C]) == {A, C}
    for picks in ([], [B, C], [A], [D]):
        with pytest.raises(Refused, match=r"honour\.tie"):
            settled(result, picks)
    assert settled(vote_result({A}, [[A]], 1), [B]) == {A}


@pytest.mark.parametrize(
    ("until", "voters", "candidates", "code"),
    [
        (DAY, 3, 1, ""),
        (DAY + timedelta(days=30), 3, 1, ""),
        (DAY - timedelta(days=1), 3, 1, "honour.vote-days"),
        (DAY + timedelta(days=31), 3, 1, "honour.vote-days"),
        (DAY, 2, 1, "honour.voters"),
        (DAY, 3, 0, "honour.nobody-named"),
    ],
)
def test_who_can_be_asked_to_vote(until: date, voters: int, candidates: int, code: str) -> None:
    facts = VoteFacts(frozenset(), (), until)
    if not code:
        check_vote(facts, DAY, voters, candidates)
        return
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        check_vote(facts, DAY, voters, candidates)


def test_a_sheet_is_given_once_in_time_with_so_many_of_the_list() -> None:
    check_ballot([A, B], {A, B, C}, 2)
    for ticks, code in (([], "ticks"), ([A, B, C], "ticks"), ([D], "stranger")):
        with pytest.raises(Refused, match=code):
            check_ballot(ticks, {A, B, C}, 2)
    check_voting(voted=False, until=DAY, today=DAY)
    with pytest.raises(Refused, match=r"honour\.voted"):
        check_voting(voted=True, until=DAY, today=DAY)
    with pytest.raises(Refused, match=r"honour\.vote-over"):
        check_voting(voted=False, until=DAY, today=DAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("late", "voted", "voters", "code"),
    [
        (0, 4, 4, ""),
        (1, 3, 4, ""),
        (0, 3, 4, "honour.vote-goes-on"),
        (1, 2, 4, "honour.few-sheets"),
    ],
)
def test_when_a_vote_is_counted(late: int, voted: int, voters: int, code: str) -> None:
    today = DAY + timedelta(days=late)
    if not code:
        check_closing(DAY, today, voted, voters)
        return
    with pytest.raises(Refused, match=code):
        check_closing(DAY, today, voted, voters)


@pytest.mark.parametrize(
    ("until", "late", "waiting", "code"),
    [
        (DAY, 1, 0, ""),
        (DAY, 0, 0, "honour.publicity"),
        (DAY, 1, 1, "honour.objections"),
        (None, 1, 0, "honour.publicity"),
    ],
)
def test_when_a_final_list_is_issued(
    until: date | None, late: int, waiting: int, code: str
) -> None:
    today = DAY + timedelta(days=late)
    if not code:
        check_issuable(until, today, waiting)
        return
    with pytest.raises(Refused, match=code):
        check_issuable(until, today, waiting)


def test_objections_are_taken_until_the_last_day() -> None:
    check_objectable(is_public_now=True, until=DAY, today=DAY)
    for public, until, today in (
        (False, DAY, DAY),
        (True, None, DAY),
        (True, DAY, DAY + timedelta(days=1)),
    ):
        with pytest.raises(Refused, match=r"honour\.not-public"):
            check_objectable(is_public_now=public, until=until, today=today)


def test_what_is_told_of_a_change_names_who_came_and_counts_who_left() -> None:
    change = list_change(
        [
            ("甲", "barred", "eligible"),
            ("乙", "eligible", "barred"),
            ("丙", "excellent", "qualified"),
            ("丁", "basic", "unqualified"),
        ]
    )
    assert (change.added, change.removed) == (("甲",), 1)


def test_other_checks() -> None:
    check_not_own(None, A)
    check_not_own(A, B)
    check_not_own(None, None)
    with pytest.raises(Refused, match=r"honour\.own"):
        check_not_own(A, A)
    check_complete(0)
    with pytest.raises(Refused, match=r"honour\.unsigned"):
        check_complete(1)
    check_number(2, 2)
    check_number(5, 0)
    for chosen, code in ((3, "too-many"), (0, "nobody")):
        with pytest.raises(Refused, match=code):
            check_number(chosen, 2)
    assert check_words(" 有误 ") == "有误"
    for words in (" ", "长" * 501):
        with pytest.raises(Refused, match=r"honour\.words"):
            check_words(words)
