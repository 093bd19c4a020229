"""Complaints and suggestions: taken from anybody, answered by who is responsible, by a day."""

import secrets
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.workdays import workday_after
from baodao.notices.models import Complaint
from baodao.notices.queries import complaints
from baodao.notices.rules import CODE_ALPHABET, CODE_LENGTH, check_words
from baodao.notices.rules.policies import ANSWER_DAYS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of


@command
def complain(
    actor: Actor, *, organisation: Organisation, text: str, contact: str = "", page: str = ""
) -> Complaint:
    """Take down anybody's word; its code is the only way to look up the answer."""
    made = Complaint.objects.create(
        code="-".join(_letters() for _ in range(3)),
        organisation=organisation,
        text=check_words(text),
        page=page[:200],
        contact=contact.strip()[:100],
        created_at=clock.now(),
        due_on=workday_after(clock.today(), value_of(ANSWER_DAYS, organisation)),
    )
    journal.write(actor, "complaint.received", made.id, organisation.pk, due=str(made.due_on))
    return made


@command
def answer(actor: Actor, *, complaint_id: UUID, text: str) -> Complaint:
    """Answer a complaint, once."""
    held = lock(complaints(actor), complaint_id)
    if held.answered_at is not None:
        raise Refused(
            "complaint.answered",
            gettext_noop("%(name)s has answered this already."),
            name=held.answered_by,
        )
    held.answer = check_words(text)
    held.answered_by = actor.name
    held.answered_at = clock.now()
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    journal.write(actor, "complaint.answered", held.id, held.organisation_id)
    return held


def _letters() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
