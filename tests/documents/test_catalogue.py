"""The catalogue of forms and how facts are written on paper."""

from datetime import UTC, date, datetime

import pytest

from baodao.documents.blocks import Gap, Slot, line
from baodao.documents.catalogue import FORMS, form_of, papers
from baodao.documents.fields import FIELDS
from baodao.documents.sheets import check_names, paper_text, plain, sheet_of
from baodao.documents.sizes import safe_size
from baodao.kernel.errors import Refused
from tests.documents.facts import CODES, facts

REPORT_TABLES = (
    *("implementation", "solutions", "coverage", "contacts"),
    *("services", "members", "ledger", "own", "burden"),
)
FORMS_ASKED_FOR = {
    "introduction-letter",
    "receipt",
    "report-slip",
    "unit-contact",
    "registration-card",
    "feedback-card",
    "work-summary",
    "situation-report",
    "community-feedback",
    "quarterly-brief",
    "duty-report",
    "request-answer",
    "roster",
    "registration-table",
    "record-sheet",
    "service-year",
    "claim-list",
    "wish-list",
    "service-table",
    "attendance-sheet",
    "pairing-list",
    "problem-list",
    "task-list",
    "duty-list",
    "meeting-minutes",
    "commitment",
    "commitment-list",
    "opinion-summary",
    "honour-notice",
    "honour-list",
    "honour-certificate",
    "order-slip",
    "resource-list",
    "need-list",
    "project-list",
    "agreement",
    "supply-ledger",
    "allocation-plan",
    "visit-records",
    "talent-list",
    "appointment-slip",
    "room-slip",
    "talent-sheet",
    "time-statement",
    "household-card",
    "help-records",
    *(f"{name}-report-table" for name in REPORT_TABLES),
}


def test_every_form_of_the_scheme_is_there() -> None:
    assert {form.code for form in papers()} == FORMS_ASKED_FOR
    assert set(FORMS) == FORMS_ASKED_FOR | {"compliance-report", "filing-draft"}


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match="introduction-letter") as refused:
        form_of("love-letter")
    assert refused.value.code == "form.unknown"


def test_an_unknown_level_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match="district"):
        form_of("registration-table").columns("galaxy")


@pytest.mark.parametrize("code", CODES)
def test_every_field_has_a_chinese_label(code: str) -> None:
    labels = [field.label for field in form_of(code).fields]
    assert labels
    assert all("\u4e00" <= character <= "\u9fff" for label in labels for character in label)


def test_the_letter_asks_for_the_fields_of_real_letters() -> None:
    names = {field.name for field in form_of("introduction-letter").fields}
    assert names >= {
        "community",
        "name",
        "workplace",
        "grade",
        "sex",
        "born_on",
        "joined_on",
        "position",
        "specialty",
        "address",
        "phone",
        "unit_contact",
        "unit_phone",
        "issued_on",
    }


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        (date(2026, 7, 1), "day", "2026年7月1日"),
        ("2026-07-01", "day", "2026年7月1日"),
        ("2026-07-01T08:30:00", "day", "2026年7月1日"),
        (date(1980, 5, 9), "month", "1980年5月"),
        ("1980-05", "month", "1980年5月"),
        (datetime(2026, 6, 30, 20, tzinfo=UTC), "day", "2026年7月1日"),
        (12, "figure", "12"),
        (0, "figure", "0"),
        (None, "text", ""),
        (True, "text", "是"),
        ("约 1980 年", "month", "约 1980 年"),
    ],
)
def test_it_writes_values_as_officials_do(value: object, kind: str, written: str) -> None:
    assert paper_text(value, kind) == written  # type: ignore[arg-type]


def test_what_no_paper_can_show_is_left_out() -> None:
    assert plain("张\u200b三\x00\x07\ufffe\n 李 \t四") == "张三 李 四"
    assert plain("龚\U00020bb7䶮") == "龚\U00020bb7䶮"


def test_a_template_line_states_gap_and_text_of_the_blank() -> None:
    assert line("致{unit|12|党组织}：") == ("致", Slot("unit", 12, "党组织"), "：")


def test_a_blank_leaves_room_where_the_filled_form_has_a_value() -> None:
    letter = form_of("introduction-letter")
    blank, full = (
        sheet_of(letter, {}).blocks[2],
        sheet_of(letter, {"community": "柳荫社区党委"}).blocks[2],
    )
    assert blank.text == (Gap(12), "社区党组织", "：")  # type: ignore[union-attr]
    assert full.text == ("柳荫社区党委", "：")  # type: ignore[union-attr]


@pytest.mark.parametrize("code", CODES)
def test_a_form_with_usual_facts_surely_fits_its_sheet(code: str) -> None:
    form = form_of(code)
    assert safe_size(sheet_of(form, facts(form))) in form.page.sizes
    assert safe_size(sheet_of(form, {})) == max(form.page.sizes)


def test_a_name_no_form_has_is_refused_instead_of_left_out() -> None:
    with pytest.raises(Refused, match="nmae"):
        check_names(form_of("receipt"), {"nmae": "陈晓宇"})
    with pytest.raises(Refused) as refused:
        check_names(form_of("roster"), {"rows": "陈晓宇"})
    assert refused.value.code == "form.rows-malformed"


def test_the_same_name_means_the_same_in_every_form() -> None:
    for form in FORMS.values():
        assert all(FIELDS[field.name] is field for field in form.fields)
