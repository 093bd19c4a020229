"""Registration's facts as the items of official papers: letter, slip, receipt, card.

They show what was issued. Telephones stand masked on a paper unless `full` is asked; who prints
them in full has the right to unmask and records it (`commands.letters.note_print`). Nothing is
written here.
"""

from collections.abc import Iterable, Sequence

from django.conf import settings

from baodao.documents.files import Rendered, render
from baodao.documents.queries import issued_items
from baodao.documents.sheets import Item
from baodao.people.queries.facts import masked_on_paper
from baodao.registration.models import Letter, Registration
from baodao.registration.rules.papers import (
    INTRODUCTION_LETTER,
    RECEIPT,
    REGISTRATION_CARD,
)


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
    """登记卡 of accepted registrations, with what was known at their issue."""
    return render(REGISTRATION_CARD.code, card_items(registrations, full=full), format)


def letter_items(letters: Iterable[Letter], *, full: bool = False) -> list[Item]:
    """Each letter as it was issued, in the order given; its code leads to the letter's own page."""
    rows = list(letters)
    items = issued_items([letter.pk for letter in rows], INTRODUCTION_LETTER.code)
    return [
        {**_seen(item, full=full), "verify_url": f"{settings.PUBLIC_URL}/l/{letter.token}/"}
        for letter, item in zip(rows, items, strict=True)
    ]


def slip_items(registrations: Iterable[Registration], *, full: bool = False) -> list[Item]:
    """The letter as it was issued, and the reception's part as far as there is one."""
    rows = list(registrations)
    items = letter_items([row.letter for row in rows], full=full)
    accepted = [row.pk for row in rows if row.accepted_at]
    cards = dict(zip(accepted, issued_items(accepted, REGISTRATION_CARD.code), strict=True))
    return [
        {**item, **_reception(cards.get(row.pk, {}))} for row, item in zip(rows, items, strict=True)
    ]


def _reception(card: Item) -> Item:
    return {name: card.get(name) for name in ("accepted_on", "grid", "team")}


def receipt_items(registrations: Iterable[Registration]) -> list[Item]:
    """What a community answered to a unit."""
    return issued_items([row.pk for row in registrations], RECEIPT.code)


def card_items(registrations: Iterable[Registration], *, full: bool = False) -> list[Item]:
    """Everything the scheme knew of a member, for the community that received them."""
    items = issued_items([row.pk for row in registrations], REGISTRATION_CARD.code)
    return [_seen(item, full=full) for item in items]


def _seen(item: Item, *, full: bool) -> Item:
    return item if full else masked_on_paper(item)
