"""Registration's papers: every fact on them comes from the rows, telephones masked unless asked."""

from datetime import date
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from baodao.documents.fields import Issuer
from baodao.documents.files import render
from baodao.kernel import clock
from baodao.kernel.errors import Absent
from baodao.kernel.models import JournalEntry
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.registration import documents
from baodao.registration.commands import arrivals, letters, placements
from baodao.registration.models import Letter
from tests.registration import steps
from tests.world import World

NOON = clock.midnight(date(2026, 7, 1))


@pytest.fixture
def known(world: World) -> World:
    """Chen and the offices with everything that a paper can show."""
    Person.objects.filter(pk=world.people["chen"].pk).update(
        joined_on=date(2003, 7, 1), position="科长", specialty="法律", address="柳荫路1号",
        wishes="法律咨询", free_times="周末", ethnicity="汉族", education="本科",
    )  # fmt: skip
    Organisation.objects.filter(pk=world.bureau.pk).update(
        contact_name="邓敏", contact_phone="010-66661111", address="城建路2号"
    )
    Organisation.objects.filter(pk=world.willow.pk).update(
        contact_name="安静", contact_phone="010-2222"
    )
    return world


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_a_letter_shows_the_members_facts_and_its_code(known: World) -> None:
    with clock.at(NOON):
        letter = steps.issued(known).letter
    [item] = documents.letter_items([letter])
    assert item == {
        "name": "陈晓宇",
        "sex": "男",
        "ethnicity": "汉族",
        "born_on": date(1980, 5, 1),
        "joined_on": date(2003, 7, 1),
        "grade": "正式",
        "standing": "在职",
        "education": "本科",
        "position": "科长",
        "specialty": "法律",
        "interests": "",
        "wish": "法律咨询",
        "free_times": "周末",
        "address": "柳荫路1号",
        "phone": "199****1234",
        "community": "柳荫社区",
        "community_contact": "安静",
        "community_phone": "010-2222",
        "number": "〔2026〕001号",
        "workplace": "区城建局机关党委",
        "unit": "区城建局机关党委",
        "branch": "第一党支部",
        "unit_contact": "邓敏",
        "unit_phone": "010-66661111",
        "issued_on": date(2026, 7, 1),
        "verify_url": f"{settings.PUBLIC_URL}/l/{letter.token}/",
        "issuer": Issuer(letter.unit_id, NOON),
    }


def test_a_telephone_is_in_full_only_when_asked_and_recorded(known: World) -> None:
    registration = steps.issued(known)
    [item] = documents.letter_items([registration.letter], full=True)
    assert item["phone"] == "19900001234"
    for name in ("fan", "bao", "chen", "gu", "an"):
        with pytest.raises(Absent):
            letters.note_print(
                known.actor(name), registration_ids=[registration.pk], form="introduction-letter"
            )
    letters.note_print(
        known.actor("deng"), registration_ids=[registration.pk], form="introduction-letter"
    )
    assert JournalEntry.objects.filter(verb="paper.printed", about=registration.pk).count() == 1


def test_letters_print_one_to_a_page_in_the_order_given(known: World) -> None:
    people = steps.members(known, 3)
    rows = letters.issue_letters(
        known.actor("deng"), person_ids=[person.pk for person in people]
    ).done
    rendered = documents.letters([row.letter for row in reversed(rows)], "pdf")
    pages = PdfReader(BytesIO(rendered.content)).pages
    assert len(pages) == 3
    for page, row in zip(pages, reversed(rows), strict=True):
        assert row.person.name in page.extract_text()


def test_the_receipt_names_the_community_and_its_number(known: World) -> None:
    with clock.at(NOON):
        registration = steps.accepted(known)
    [item] = documents.receipt_items([registration])
    assert (item["number"], item["accepted_on"]) == ("〔2026〕001号", date(2026, 7, 1))
    assert (item["unit"], item["community"]) == ("区城建局机关党委", "柳荫社区")
    assert "/v/" in str(item["verify_url"])
    assert "phone" not in item
    assert "陈晓宇" in text_of(documents.receipts([registration], "pdf").content)


def test_the_slip_and_the_card_show_grid_team_and_wish(known: World) -> None:
    registration = steps.accepted(known)
    placements.place(
        known.actor("an"),
        registration_id=registration.pk,
        grid_id=known.grid.pk,
        team_id=known.team.pk,
    )
    [card] = documents.card_items([registration])
    [slip] = documents.slip_items([registration])
    for item in (card, slip):
        assert (item["grid"], item["team"]) == ("第一网格", "法律服务队")
        assert item["wish"] == "法律咨询"
    assert card["community_opinion"] == "已接收报到。"
    assert "法律服务队" in text_of(documents.cards([registration], "pdf").content)
    assert "联系报到" in text_of(
        render("report-slip", documents.slip_items([registration]), "pdf").content
    )


def test_papers_of_many_take_few_queries(known: World) -> None:
    people = [person.pk for person in steps.members(known, 30)]
    rows = letters.issue_letters(known.actor("deng"), person_ids=people).done
    accepted = [row.pk for row in rows]
    rows = arrivals.accept(known.actor("an"), registration_ids=accepted).done
    sheets = list(Letter.objects.all())
    with CaptureQueriesContext(connection) as captured:
        documents.letter_items(sheets)
        documents.card_items(rows)
    assert len(captured) <= 6
