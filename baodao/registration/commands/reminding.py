"""Reminding chosen members who have a letter and have not presented it."""

from collections.abc import Collection
from uuid import UUID

from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.notices.commands.notices import Message, announce
from baodao.notices.models import Notice
from baodao.notices.queries.preferences import unwanted_reminders
from baodao.notices.queries.reminders import Reminders
from baodao.notices.rules import Topic
from baodao.people.models import Membership
from baodao.people.queries.members import lock_persons, memberships
from baodao.registration.models import Registration
from baodao.registration.queries import effects_in_force, live_registrations, unit_of
from baodao.registration.rules import WHY, Why, letter_number, why_missing

KINDS = {Why.NOT_PRESENTED: "reminder-present", Why.RETURNED: "reminder-returned"}


@command
def remind(actor: Actor, *, person_ids: Collection[UUID]) -> Batch[Notice]:
    """Remind those for whom the next step is their own; the others are named with the reason.

    Shown at once, or after quiet hours; not to who was reminded often enough or turned reminders
    off. Raises `Absent` for anybody out of scope.
    """
    wanted = set(person_ids)
    lock_persons(wanted)
    rows = memberships(actor, Permission.REGISTRATION_REMIND).filter(person__in=wanted)
    held = list(rows.order_by("branch__path", "person__pinyin", "person"))
    if len(held) != len(wanted):
        raise Absent("member")
    unwanted = {person for person, _ in unwanted_reminders(wanted, {Topic.REGISTRATION})}
    live, effects = live_registrations(wanted), effects_in_force(wanted)
    reminders = Reminders(wanted)
    refused: list[tuple[str, Refused]] = []
    chosen: list[Registration] = []
    messages: list[Message] = []
    for membership in held:
        person = membership.person_id
        registration = live.get(person)
        why = why_missing(registration.state if registration else None, effects.get(person))
        try:
            kind = _kind(why)
            reminders.check(person, wanted=person not in unwanted)
        except Refused as no:
            refused.append((_label(membership), no))
            continue
        assert registration is not None
        chosen.append(registration)
        messages.append(_message(kind, registration))
    journal.write_many(
        actor,
        [journal.Act("registration.reminded", row.pk, unit_of(row.branch).pk) for row in chosen],
    )
    return Batch(announce(messages), refused)


def _label(membership: Membership) -> str:
    return f"{membership.person.name}（{membership.branch.name}）"


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
            why=WHY[why],
        )
    return KINDS[why]


def _message(kind: str, registration: Registration) -> Message:
    return Message(
        kind,
        person_id=registration.person_id,
        about=registration.pk,
        url="/me/letter/",
        facts={
            "number": letter_number(registration.letter.year, registration.letter.number),
            "community": registration.community.name,
        },
    )
