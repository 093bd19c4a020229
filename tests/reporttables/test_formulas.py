"""Formulas of columns: read, kept in codes, written in names, added up, refused with reasons."""

from datetime import date

import pytest

from baodao.kernel.errors import Refused
from baodao.reporttables.queries.own import metric_words
from baodao.reporttables.rules.formulas import (
    CODES,
    LONGEST,
    Formula,
    Term,
    key_of,
    metric_formula,
    read_formula,
    share_formula,
)
from baodao.reporttables.rules.own import (
    OwnColumn,
    OwnRows,
    TypedColumn,
    check_column,
    read_note,
    written_note,
)

DAY = date(2026, 6, 30)
FIGURES = {"in_service": 8, "registered": 6, "minutes": 570, "services": 4, "exempt": 1}


@pytest.mark.parametrize(
    ("text", "kept", "value"),
    [
        ("已报到党员数", "registered", 6),
        ("registered", "registered", 6),
        ("=已报到党员数", "registered", 6),
        ("＝已报到党员数／在职党员数％", "=registered/in_service%", "75.0%"),
        ("=在职党员数 - 已报到党员数 - 免予或暂缓报到数", "=in_service-registered-exempt", 1),
        (
            "=(已报到党员数+免予或暂缓报到数)/在职党员数%",
            "=(registered+exempt)/in_service%",
            "87.5%",
        ),
        ("=在职党员数/已报到党员数%", "=in_service/registered%", "133.3%"),
        ("=服务时长（小时）/服务人次", "=minutes/services", "2.38"),
        ("=服务时长(小时)+服务时长(小时)", "=minutes+minutes", "19"),
        ("=服务人次/未报到数", "=services/missing", None),
        ("=服务人次/未报到数%", "=services/missing%", None),
    ],
)
def test_a_formula_is_kept_in_codes_and_says(text: str, kept: str, value: object) -> None:
    formula = read_formula(text, metric_words())
    assert formula.text == kept
    assert read_formula(formula.text, CODES) == formula
    assert read_formula(formula.written(metric_words().names), metric_words()) == formula
    assert formula.value(FIGURES, DAY) == value


@pytest.mark.parametrize(
    ("text", "reason", "word"),
    [
        ("=报到党员/在职党员数%", "formula.unknown", "已报到党员数"),
        ("征集需求数", "formula.unknown", "单位征集的需求、征集需求"),
        ("=已报到党员数+未报到数/在职党员数", "formula.unclear", "/在职党员数"),
        ("=(已报到党员数/在职党员数)*100", "formula.unclear", ""),
        ("=已报到党员数%", "formula.unclear", ""),
        ("=(已报到党员数", "formula.unclear", ""),
        ("=", "formula.unclear", ""),
        ("=__import__('os')", "formula.unknown", "__import__"),
        ("=服务时长（小时）+服务人次", "formula.measures", "服务人次"),
        ("=最早需求等待天数/服务人次", "formula.measures", "最早需求等待天数"),
        ("=" + "+".join(["服务人次"] * (LONGEST + 1)), "formula.long", str(LONGEST)),
        ("=" + "(" * 150 + "服务人次", "formula.unclear", ""),
    ],
)
def test_what_is_not_understood_is_refused_with_its_word(text: str, reason: str, word: str) -> None:
    with pytest.raises(Refused) as refused:
        read_formula(text, metric_words())
    assert refused.value.code == reason
    assert word in refused.value.text()


def test_a_column_may_ask_those_before_it_and_no_other() -> None:
    """What a heading means goes before a figure of that name; a share is shown again, not added."""
    earlier = {
        key_of("应报到"): Formula((Term("in_service"), Term("exempt", -1))),
        key_of("报到率"): share_formula("registered", "in_service"),
        key_of("以后"): None,
    }
    formula = read_formula("=在职党员数-应报到", metric_words(), earlier)
    assert formula.text == "=in_service-in_service+exempt"
    share = read_formula("=已报到党员数/应报到%", metric_words(), earlier)
    assert share.text == "=registered/(in_service-exempt)%"
    assert read_formula("=报到率", metric_words(), earlier) == earlier[key_of("报到率")]
    for text, reason in (("=以后+服务人次", "circular"), ("=报到率+服务人次", "of-share")):
        with pytest.raises(Refused) as refused:
            read_formula(text, metric_words(), earlier)
        assert refused.value.code == f"formula.{reason}"


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (TypedColumn("", "合计", "=合计+服务人次"), "formula.circular"),
        (TypedColumn("", "", "服务人次"), "own-table.half-column"),
        (TypedColumn("组", "人次", ""), "own-table.half-column"),
        (TypedColumn("", "社区数", "社区数"), "own-table.no-such-rows"),
    ],
)
def test_a_line_that_is_no_column_is_refused(column: TypedColumn, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        check_column([column], 0, {}, OwnRows.UNITS, metric_words())
    assert refused.value.code == reason


def test_a_note_tells_totals_by_their_names() -> None:
    words, columns = metric_words(), [OwnColumn("", "人次", metric_formula("services"))]
    note = read_note("共{人次}人次，报到率{=已报到党员数/在职党员数%}。", words, columns)
    assert note == "共{services}人次，报到率{=registered/in_service%}。"
    assert written_note(note, words) == "共{服务人次}人次，报到率{=已报到党员数/在职党员数%}。"
    for text in ("共{服务人}", "共{服务人次", "共}服务人次{"):
        with pytest.raises(Refused):
            read_note(text, words, columns)
