"""A member's copy of their facts, memberships and registrations, and who has read their numbers."""

from collections.abc import Iterable

from django.utils.translation import gettext

from baodao.exemptions.queries import own_exemptions
from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.kernel.models import JournalEntry
from baodao.people.queries.facts import copied_facts
from baodao.people.queries.members import own_memberships
from baodao.registration.queries.registrations import own_registrations, timeline
from baodao.ui.wording import instant_words

Row = dict[str, object]
Copy = dict[str, list[Row]]

READING = ("person.unmasked", "paper.printed")
"""Journal verbs that tell of somebody reading a number in full, on a page or on a paper."""


def copied(actor: Actor) -> Copy:
    """Every kind of row that is about the actor, in the reader's language.

    The identity number and telephone stay masked: a lost phone must not give them away. The unit
    shows them in full.
    """
    memberships = list(own_memberships(actor))
    rows = list(own_registrations(actor))
    person = memberships[0].person if memberships else rows[0].person if rows else None
    return {
        gettext("Personal facts"): [copied_facts(person)] if person else [],
        gettext("Memberships"): [
            {
                **copied_facts(row),
                gettext("From"): row.from_on,
                gettext("Until"): row.to_on,
            }
            for row in memberships
        ],
        gettext("Registrations"): [
            {
                gettext("Letter"): row.letter.number_text,
                gettext("Community"): row.community.name,
                gettext("State"): row.get_state_display(),
                gettext("Receipt"): row.receipt_text,
                gettext("What happened"): "；".join(
                    f"{instant_words(item.at)} {item.sentence}" for item in timeline(actor, row)
                ),
            }
            for row in rows
        ],
        gettext("Exemptions and delays"): [
            {
                gettext("Reason"): row.get_reason_display(),
                gettext("Evidence"): row.evidence,
                gettext("State"): row.get_state_display(),
                gettext("From"): row.from_on,
                gettext("Until"): row.to_on,
            }
            for row in own_exemptions(actor)
        ],
    }


def readings(actor: Actor) -> Iterable[JournalEntry]:
    """Who has read a number of the actor's in full, the latest first."""
    if actor.person_id is None:
        return []
    papers = own_registrations(actor).values_list("pk", flat=True)
    return journal.timeline(actor.person_id, *papers).filter(verb__in=READING).reverse()
