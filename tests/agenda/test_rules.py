"""The pure decision of what fits a person, as tables."""

from datetime import UTC, datetime

import pytest

from baodao.agenda.rules.suggestions import Sought, Wisher, free_piece, reasons_for, shared_word

NOON = datetime(2026, 7, 4, 4, tzinfo=UTC)
"""Saturday noon in China."""


@pytest.mark.parametrize(
    ("texts", "words", "shared"),
    [
        (["法律咨询"], "法律咨询岗", "法律咨询"),
        (["精通劳动法律、书法"], "法律援助", "法律"),
        (["社区服务"], "社区服务站值守", ""),
        (["书法、太极拳"], "老年书法班", "书法"),
        (["医"], "医疗义诊", ""),
        (["", "急救，护理"], "急救知识讲座", "急救"),
        (["驾驶"], "", ""),
    ],
)
def test_what_one_can_do_meets_what_is_sought(texts: list[str], words: str, shared: str) -> None:
    assert shared_word(texts, words) == shared


@pytest.mark.parametrize(
    ("free", "offer", "piece"),
    [
        ("周六上午", {"schedule": "每周六 9:00–11:00"}, "周六上午"),
        ("周六下午", {"schedule": "每周六 9:00–11:00"}, ""),
        ("工作日晚上、周末", {"starts_at": NOON}, "周末"),
        ("星期天", {"starts_at": NOON}, ""),
        ("随时", {"starts_at": NOON}, "随时"),
        ("", {"starts_at": NOON}, ""),
        ("周末", {"schedule": ""}, ""),
    ],
)
def test_when_one_is_free_meets_when_it_is(free: str, offer: dict[str, object], piece: str) -> None:
    sought = Sought(words="", community_id=1, **offer)  # type: ignore[arg-type]
    assert free_piece(free, sought) == piece


def test_reasons_come_strongest_first_and_know_nothing_of_others() -> None:
    person = Wisher(("法律",), "周六", home_community_id=1, community_id=1, grid="第一网格")
    offer = Sought(
        "法律咨询岗",
        1,
        place="第一网格活动室",
        schedule="每周六",
        free=2,
        short=True,
    )
    assert [one.message for one in reasons_for(person, offer)] == [
        "you know about %(fact)s",
        "in your grid",
        "you are free then: %(fact)s",
        "still short of people",
    ]
    assert reasons_for(Wisher(), Sought("法律咨询岗", 1)) == []
