"""Letters for who has none, and reminders for who has not presented one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NoReturn
from uuid import UUID

from baodao.checklist.rules.reasons import Why, why_missing
from baodao.exemptions.queries import effects_in_force
from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.undo import Marks, leave_note, takes_back
from baodao.notices.commands.deliveries import unsay
from baodao.notices.commands.notices import Message, announce
from baodao.notices.models import Notice
from baodao.notices.queries.preferences import unwanted_reminders
from baodao.notices.queries.reminders import Reminders
from baodao.notices.rules.catalogue import Topic
from baodao.people.commands.facts import set_homes
from baodao.people.models import Membership
from baodao.people.queries.members import lock_persons, memberships, unit_of
from baodao.people.rules.standing import Standing
from baodao.registration.commands import letters
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import label_of, live_registrations

REMINDER = "checklist.reminder"
"""The name by which reminders are taken back."""
KINDS = {Why.NOT_PRESENTED: "reminder-present", Why.RETURNED: "reminder-returned"}


@command
def issue(
    actor: Actor,
    *,
    person_ids: Collection[UUID],
    communities: Mapping[UUID, int],
    are_homes: bool,
    community_id: int | None = None,
) -> Batch[Registration]:
    """A letter for each of these members, to the community that is named for them in `communities`.

    `are_homes`: these are also kept as where they live. For whom none is named, the letter goes as
    in `registration.commands.letters`. Raises `Absent` for anybody out of scope.
    """
    lock_persons({*person_ids, *communities})
    if are_homes:
        set_homes(actor, homes=communities)
    return letters.issue_letters(
        actor, person_ids=person_ids, communities=communities, community_id=community_id
    )


@command
def remind(actor: Actor, *, person_ids: Collection[UUID]) -> Batch[Notice]:
    """Remind those for whom the next step is their own; the others are named with the reason.

    Shown at once, or after quiet hours; not to who was reminded often enough or turned reminders
    off. Raises `Absent` for anybody out of scope.
    """
    ids = set(person_ids)
    lock_persons(ids)
    rows = memberships(actor, Permission.REGISTRATION_REMIND).filter(person__in=ids)
    members = list(rows.order_by("branch__path", "person__pinyin", "person"))
    if len(members) != len(ids):
        raise Absent("member")
    due = _due(members)
    units = {member.person_id: unit_of(member.branch).pk for member in members}
    acts = [
        journal.Act("registration.reminded", row.pk, units[row.person_id]) for _, row in due.done
    ]
    journal.write_many(actor, acts)
    notices = list(announce(_message(kind, row) for kind, row in due.done))
    batch = Batch(notices, due.refused)
    marks = {
        str(row.person_id): [str(notice.pk), str(row.pk)]
        for notice, (_, row) in zip(notices, due.done, strict=True)
    }
    return replace(batch, undo_id=leave_note(actor, REMINDER, marks)) if notices else batch


@takes_back(REMINDER)
def take_back(actor: Actor, marks: Marks) -> Batch[Membership]:
    """Take reminders back that nobody has read and no channel has carried out of the house; they
    count no longer. Who was reached is named. Raises `Absent` for anybody out of scope."""
    sent = {UUID(person): [UUID(pk) for pk in pair] for person, pair in marks.items()}
    rows = memberships(actor, Permission.REGISTRATION_REMIND).filter(person__in=sent)
    members = list(rows.order_by("branch__path", "person__pinyin", "person"))
    if len(members) != len(sent):
        raise Absent("member")
    unsaid = unsay([notice for notice, _ in sent.values()])

    def unreached(member: Membership) -> Membership:
        if sent[member.person_id][0] not in unsaid:
            raise Refused("reminder.reached", gettext_noop("Was reached by the reminder already."))
        return member

    batch = Batch.each(members, unreached, label_of)
    journal.write_many(
        actor,
        [
            journal.Act(
                "registration.reminder-undone", sent[row.person_id][1], unit_of(row.branch).pk
            )
            for row in batch.done
        ],
    )
    return batch


def _due(members: Sequence[Membership]) -> Batch[tuple[str, Registration]]:
    """The kind of reminder and the registration of each for whom the next step is their own."""
    ids = {membership.person_id for membership in members}
    unwanted = {person for person, _ in unwanted_reminders(ids, {Topic.REGISTRATION})}
    live, effects, reminders = live_registrations(ids), effects_in_force(ids), Reminders(ids)

    def reminder(membership: Membership) -> tuple[str, Registration]:
        person = membership.person_id
        registration = live.get(person)
        state = registration.state if registration else None
        if registration is None and membership.standing != Standing.IN_SERVICE:
            _not_asked(Standing(membership.standing))
        kind = _kind(why_missing(state, effects.get(person)))
        reminders.check(person, welcome=person not in unwanted)
        assert registration is not None
        return kind, registration

    return Batch.each(members, reminder, label_of)


def _not_asked(standing: Standing) -> NoReturn:
    """Only who is in service is to register."""
    raise Refused(
        "reminder.not-asked",
        gettext_noop("Need not register: %(standing)s."),
        standing=standing.words,
    )


def _kind(why: Why | None) -> str:
    """The sentence that fits; refused when the member has nothing to do."""
    if why is None:
        raise Refused("reminder.registered", gettext_noop("Is registered already."))
    if why is Why.NO_LETTER:
        raise Refused(
            "reminder.no-letter", gettext_noop("Has no letter yet; issue the letter first.")
        )
    if why not in KINDS:
        raise Refused(
            "reminder.not-due",
            gettext_noop("Has nothing to do now: %(why)s."),
            why=why.words,
        )
    return KINDS[why]


def _message(kind: str, registration: Registration) -> Message:
    return Message(
        kind,
        person_id=registration.person_id,
        about=registration.pk,
        facts={
            "number": registration.letter.number_text,
            "community": registration.community.name,
        },
    )
