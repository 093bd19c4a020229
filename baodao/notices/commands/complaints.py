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
from baodao.notices.queries.complaints import complaints
from baodao.notices.rules.complaints import CODE_ALPHABET, CODE_LENGTH, check_words
from baodao.notices.rules.policies import ANSWER_DAYS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of


@command
def complain(
    actor: Actor, *, organisation: Organisation, text: str, contact: str = "", page: str = ""
) -> Complaint:
    """Take down anybody's word; its code is the only way to look up the answer."""
    complaint = Complaint.objects.create(
        code="-".join(_letters() for _ in range(3)),
        organisation=organisation,
        text=check_words(text),
        page=page[:200],
        contact=contact.strip()[:100],
        created_at=clock.now(),
        due_on=workday_after(clock.today(), value_of(ANSWER_DAYS, organisation)),
    )
    journal.write(
        actor, "complaint.received", complaint.id, organisation.pk, due=str(complaint.due_on)
    )
    return complaint


@command
def answer(actor: Actor, *, complaint_id: UUID, text: str) -> Complaint:
    """Answer a complaint, once."""
    complaint = lock(complaints(actor), complaint_id)
    if complaint.answered_at is not None:
        raise Refused(
            "complaint.answered",
            gettext_noop("%(name)s has answered this already."),
            name=complaint.answered_by,
        )
    complaint.answer = check_words(text)
    complaint.answered_by = actor.name
    complaint.answered_at = clock.now()
    complaint.save(update_fields=["answer", "answered_by", "answered_at"])
    journal.write(actor, "complaint.answered", complaint.id, complaint.organisation_id)
    return complaint


def _letters() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
