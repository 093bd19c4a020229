"""Complaints and suggestions: taken from anybody, answered by who is responsible, by a day."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from baodao.kernel import clock, journal, quotas
from baodao.kernel.authz import NOBODY, Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length
from baodao.kernel.locks import lock
from baodao.kernel.masks import check_purpose
from baodao.kernel.workdays import workday_after
from baodao.notices.commands.notices import Message, announce
from baodao.notices.models import Complaint
from baodao.notices.queries.complaints import (
    complaints,
    complaints_to_answer,
    contacts_to_forget,
)
from baodao.notices.rules.catalogue import ACCUSED
from baodao.notices.rules.complaints import (
    CODE_ALPHABET,
    CODE_LENGTH,
    WINDOW,
    check_times,
    check_words,
)
from baodao.notices.rules.policies import ANSWER_DAYS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of


@dataclass(frozen=True)
class ComplaintDraft:
    """What was written: the words, and how to reach whoever wrote them.

    `accuses`: it is about the people there, who then do not answer it. `signed`: who is signed in
    wants their name told.
    """

    text: str
    contact: str = ""
    accuses: bool = False
    signed: bool = False


@command
def complain(
    actor: Actor, *, organisation: Organisation, draft: ComplaintDraft, visitor: str = ""
) -> Complaint:
    """Take down anybody's word; its code is the only way to look up the answer.

    `visitor` is the address it comes from; more than anybody needs within an hour are refused.
    """
    if visitor:
        check_times(quotas.count("complaint", visitor, window=WINDOW))
    who = actor if draft.signed else NOBODY
    complaint = Complaint.objects.create(
        code=fresh_code(),
        organisation=organisation,
        text=check_words(draft.text),
        accuses=draft.accuses,
        author=who.name,
        **Complaint.contact.columns(check_length(draft.contact.strip(), 100)),
        created_at=clock.now(),
        due_on=workday_after(clock.today(), value_of(ANSWER_DAYS, organisation)),
    )
    due = str(complaint.due_on)
    journal.write(who, "complaint.received", complaint.id, organisation.pk, due=due)
    if draft.accuses:
        _tell_above(complaint)
    return complaint


def _tell_above(complaint: Complaint) -> None:
    """Who stands above the accused learns of it: the answer is theirs."""
    accused = complaint.organisation
    message = Message(
        ACCUSED.name,
        organisation_id=accused.parent_id or accused.pk,
        about=complaint.pk,
        facts={"place": accused.name},
    )
    announce([message])


@command
def answer(actor: Actor, *, complaint_id: UUID, text: str) -> Complaint:
    """Answer a complaint, once; the accused do not."""
    to_answer = complaints_to_answer(actor)
    if complaints(actor).filter(pk=complaint_id).exclude(pk__in=to_answer.values("pk")).exists():
        raise Refused(
            "complaint.accused",
            gettext_noop("This is about your own organisation: the one above it answers."),
        )
    complaint = lock(to_answer, complaint_id)
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


@command
def unmask_contact(actor: Actor, *, complaint_id: UUID, reason: str) -> str:
    """How to reach who complained, in clear, for who answers it; why stands in the journal."""
    complaint = complaints_to_answer(actor).filter(pk=complaint_id).first()
    if complaint is None:
        raise Absent("complaint")
    words = check_purpose(reason)
    contact = complaint.contact
    if not contact:
        raise Refused(
            "complaint.no-contact", gettext_noop("How to reach whoever wrote this is not kept.")
        )
    place = complaint.organisation_id
    journal.write(actor, "complaint.unmasked", complaint.pk, place, reason=words)
    return contact


@command
def forget_contacts(actor: Actor) -> int:
    """Forget how to reach who complained, long after the answer; how many. Anybody may."""
    rows = contacts_to_forget().select_for_update(of=("self",), no_key=True)
    old = list(rows.order_by("pk").values_list("pk", "organisation"))
    Complaint.objects.filter(pk__in=[pk for pk, _ in old]).update(contact_sealed=None)
    acts = [journal.Act("complaint.contact-forgotten", pk, place) for pk, place in old]
    journal.write_many(actor, acts)
    return len(old)


def fresh_code() -> str:
    """A code that nobody guesses: three times four signs that are read without mistake."""
    parts = ("".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(3))
    return "-".join(parts)
