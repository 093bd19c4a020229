"""Contacts that end: papers and pages stop naming somebody who works there no longer."""

from collections.abc import Collection
from typing import NamedTuple

from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock_many
from baodao.orgs.commands.periods import keep_periods
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import about


class EndedContact(NamedTuple):
    """Who was the contact of an organisation, and under which telephone."""

    organisation_id: int
    name: str
    phone: str


@command
def end_contacts(
    actor: Actor, *, name: str, organisation_ids: Collection[int]
) -> list[EndedContact]:
    """Take `name` out where it is the contact of one of these organisations; each is asked on its
    first page to name another. The caller has checked that the actor may end what ended. Returns
    what `name_again` needs."""
    rows = Organisation.objects.filter(contact_name=name)
    keys = rows.filter(pk__in=organisation_ids).values_list("pk", flat=True)
    named = lock_many(rows, list(keys))
    notes = [EndedContact(row.pk, name, row.contact_phone) for row in named]
    ended = Organisation.objects.filter(pk__in=[row.pk for row in named])
    keep_periods(ended)
    ended.update(contact_name="", contact_phone="")
    journal.write_many(
        actor,
        [
            journal.Act("organisation.contact-ended", about(row.pk), row.pk, {"name": name})
            for row in named
        ],
    )
    return notes


@command
def name_again(actor: Actor, *, contacts: Collection[EndedContact]) -> None:
    """Let contacts that ended by mistake stand again, where nobody else was named since."""
    known = {one.organisation_id: one for one in contacts}
    rows = Organisation.objects.filter(contact_name="")
    named = lock_many(rows, list(rows.filter(pk__in=known).values_list("pk", flat=True)))
    keep_periods(Organisation.objects.filter(pk__in=[row.pk for row in named]))
    for row in named:
        row.contact_name, row.contact_phone = known[row.pk].name, known[row.pk].phone
        row.save(update_fields=["contact_name", "contact_phone"])
    journal.write_many(
        actor,
        [
            journal.Act(
                "organisation.contact-set", about(row.pk), row.pk, {"name": row.contact_name}
            )
            for row in named
        ],
    )
