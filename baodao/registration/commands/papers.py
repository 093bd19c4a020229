"""The papers of registrations as the register keeps them.

A letter by itself; receipt and card with one number at acceptance, and anew under the next.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from baodao.documents.commands import Paper, keep_papers, next_numbers, replace
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.kernel.masks import masked_name
from baodao.notices.commands.notices import Message, announce
from baodao.people.models import Membership
from baodao.registration.models import Letter, Registration
from baodao.registration.queries.papers import (
    card_facts,
    letter_facts,
    memberships_now,
    receipt_facts,
)
from baodao.registration.queries.registrations import registrations
from baodao.registration.rules.papers import INTRODUCTION_LETTER, RECEIPT, REGISTRATION_CARD
from baodao.registration.rules.states import check_renewed


def keep_letters(letters: Sequence[Letter], members: Mapping[UUID, Membership]) -> None:
    """Enter letters with their registrations into the register, with what is known of the persons
    now; the memberships are by person."""
    keep_papers(_letter_paper(letter, members[letter.person_id]) for letter in letters)


def _letter_paper(letter: Letter, membership: Membership) -> Paper:
    return Paper(
        form=INTRODUCTION_LETTER.code,
        organisation_id=letter.unit_id,
        unit=letter.unit.name,
        year=letter.year,
        number=letter.number,
        about=letter.pk,
        holder=masked_name(letter.person.name),
        facts=letter_facts(letter, membership),
        token=letter.token,
    )


def issue_papers(rows: Sequence[Registration]) -> None:
    """Enter receipt and card of accepted registrations into the register; both verify until the
    registration ends."""
    members = memberships_now(rows)
    keep_papers(paper for row in rows for paper in _papers(row, members.get(row.person_id)))


def _papers(row: Registration, membership: Membership | None) -> list[Paper]:
    assert row.receipt_year is not None
    assert row.receipt_number is not None
    facts = {
        RECEIPT.code: receipt_facts(row),
        REGISTRATION_CARD.code: card_facts(row, membership),
    }
    return [
        Paper(
            form=form,
            organisation_id=row.community_id,
            unit=row.community.name,
            year=row.receipt_year,
            number=row.receipt_number,
            about=row.pk,
            holder=masked_name(row.person.name),
            facts=facts[form],
        )
        for form in facts
    ]


@command
def renew_papers(actor: Actor, *, registration_id: UUID) -> Registration:
    """Issue receipt and card of a member anew, with what is known now, under the community's next
    number; the former two say that they were replaced, and by which."""
    registration = lock(registrations(actor, Permission.REGISTRATION_ACCEPT), registration_id)
    check_renewed(registration.state)
    former, year = registration.receipt_text, clock.today().year
    [number] = next_numbers(
        organisation_id=registration.community_id, form=RECEIPT.code, year=year, count=1
    )
    registration.receipt_year, registration.receipt_number = year, number
    registration.save(update_fields=["receipt_year", "receipt_number"])
    members = memberships_now([registration])
    for issue in keep_papers(_papers(registration, members.get(registration.person_id))):
        replace(about=registration.pk, by=issue)
    numbers = {"number": registration.receipt_text, "former": former}
    journal.write(
        actor, "registration.papers-renewed", registration.pk, registration.community_id, **numbers
    )
    facts = {"community": registration.community.name, **numbers}
    message = Message(
        "registration-papers-renewed", registration.person_id, about=registration.pk, facts=facts
    )
    announce([message])
    return registration
