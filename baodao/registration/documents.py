"""Registration's facts as the items of official papers: letter, slip, receipt, card, roster.

Telephones stand masked on a paper unless `full` is asked; who prints them in full has the right to
unmask and records it (`commands.letters.record_print`). Nothing is written here.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings

from baodao.documents.files import Rendered, render
from baodao.documents.queries import verify_urls
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.people.models import Membership
from baodao.people.queries.facts import paper_facts
from baodao.people.queries.members import current, memberships_of, unit_of
from baodao.people.rules.papers import ROSTER
from baodao.people.rules.standing import Standing
from baodao.registration.models import Letter, Registration
from baodao.registration.queries.registrations import letter_rows, registration_rows
from baodao.registration.rules.papers import (
    INTRODUCTION_LETTER,
    RECEIPT,
    REGISTRATION_CARD,
)

RECEIVED = "已接收报到。"


def letters(letters: Sequence[Letter], format: str, *, full: bool = False) -> Rendered:  # noqa: A002
    """介绍信 with its tear-off 回执, a sheet each, as pdf, docx or html."""
    form = INTRODUCTION_LETTER.code
    return render(form, letter_items(letters, full=full), format)


def receipts(registrations: Sequence[Registration], format: str) -> Rendered:  # noqa: A002
    """回执 of accepted registrations, verified by their codes."""
    return render(RECEIPT.code, receipt_items(registrations), format)


def cards(
    registrations: Sequence[Registration],
    format: str,  # noqa: A002
    *,
    full: bool = False,
) -> Rendered:
    """登记卡 of accepted registrations, filled from what is known."""
    return render(REGISTRATION_CARD.code, card_items(registrations, full=full), format)


def roster(unit: Organisation, format: str, *, full: bool = False) -> Rendered:  # noqa: A002
    """党员花名册 of a unit or branch as it stands today."""
    return render(ROSTER.code, [roster_item(unit, full=full)], format)


def letter_items(letters: Iterable[Letter], *, full: bool = False) -> list[Item]:
    """The facts of each letter, in the order given."""
    order = [letter.pk for letter in letters]
    rows = {letter.pk: letter for letter in letter_rows().filter(pk__in=order)}
    members = _memberships(letter.person_id for letter in rows.values())
    return [_letter_item(rows[pk], members.get(rows[pk].person_id), full=full) for pk in order]


def _letter_item(letter: Letter, membership: Membership | None, *, full: bool) -> Item:
    return {
        **paper_facts(letter.person, membership, full=full),
        **_community_item(letter.community),
        "number": letter.number_text,
        "workplace": letter.unit.name,
        "unit": letter.unit.name,
        "branch": letter.registration.branch.name,
        "unit_contact": letter.contact_name,
        "unit_phone": letter.contact_phone,
        "issued_on": clock.day_of(letter.issued_at),
        "verify_url": f"{settings.PUBLIC_URL}/l/{letter.token}/",
    }


def slip_items(registrations: Iterable[Registration], *, full: bool = False) -> list[Item]:
    """The letter's facts, and the reception's as far as there is one."""
    rows = _rows(registrations)
    items = letter_items([row.letter for row in rows], full=full)
    return [
        {
            **item,
            "accepted_on": clock.day_of(row.accepted_at),
            "grid": _name(row.grid),
            "team": _name(row.team),
        }
        for row, item in zip(rows, items, strict=True)
    ]


def receipt_items(registrations: Iterable[Registration]) -> list[Item]:
    """What a community answers to a unit."""
    rows = _rows(registrations)
    urls = verify_urls([row.pk for row in rows], RECEIPT.code)
    return [
        {
            **_community_item(row.community),
            "number": row.receipt_text,
            "name": row.person.name,
            "unit": row.letter.unit.name,
            "accepted_on": clock.day_of(row.accepted_at),
            "verify_url": urls.get(row.pk, ""),
        }
        for row in rows
    ]


def card_items(registrations: Iterable[Registration], *, full: bool = False) -> list[Item]:
    """Everything the scheme knows of a member, for the community that received them."""
    rows = _rows(registrations)
    members = _memberships(row.person_id for row in rows)
    urls = verify_urls([row.pk for row in rows], REGISTRATION_CARD.code)
    return [
        {
            **paper_facts(row.person, members.get(row.person_id), full=full),
            "number": row.receipt_text,
            "community": row.community.name,
            "workplace": unit_of(row.branch).name,
            "branch": row.branch.name,
            "grid": _name(row.grid),
            "team": _name(row.team),
            "accepted_on": clock.day_of(row.accepted_at),
            "community_opinion": RECEIVED if row.accepted_at else "",
            "verify_url": urls.get(row.pk, ""),
        }
        for row in rows
    ]


def roster_item(unit: Organisation, *, full: bool = False) -> Item:
    """Present members by branch and name, with the two counts of the note line."""
    members = list(memberships_of(unit).order_by("branch__path", "person__pinyin", "person"))
    rows = [
        {**paper_facts(one.person, one, full=full), "branch": one.branch.name} for one in members
    ]
    return {
        "organisation": unit.name,
        "as_of": clock.today(),
        "members": len(members),
        "in_service": sum(one.standing == Standing.IN_SERVICE for one in members),
        "rows": rows,
    }


def _rows(registrations: Iterable[Registration]) -> list[Registration]:
    """These registrations in their order, with everything a paper shows, in one query."""
    order = [registration.pk for registration in registrations]
    rows = {row.pk: row for row in registration_rows().filter(pk__in=order)}
    return [rows[pk] for pk in order]


def _memberships(person_ids: Iterable[UUID]) -> dict[UUID, Membership]:
    rows = current().select_related(None).filter(person__in=set(person_ids))
    return {one.person_id: one for one in rows}


def _community_item(community: Organisation) -> dict[str, object]:
    return {
        "community": community.name,
        "community_contact": community.contact_name,
        "community_phone": community.contact_phone,
    }


def _name(organisation: Organisation | None) -> str:
    return organisation.name if organisation else ""
