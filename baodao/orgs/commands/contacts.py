"""Contacts that end: papers and pages stop naming somebody who works there no longer."""

from collections.abc import Collection

from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock_many
from baodao.orgs.commands.periods import keep_periods
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import about


@command
def end_contacts(actor: Actor, *, name: str, organisation_ids: Collection[int]) -> None:
    """Take `name` out where it is the contact of one of these organisations; each is asked on its
    first page to name another. The caller has checked that the actor may end what ended."""
    rows = Organisation.objects.filter(contact_name=name)
    keys = rows.filter(pk__in=organisation_ids).values_list("pk", flat=True)
    named = lock_many(rows, list(keys))
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
