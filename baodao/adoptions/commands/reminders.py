"""Members are reminded, once, that a window of an adopted policy ends."""

from uuid import UUID

from baodao.adoptions.models import AdoptionReminder, PolicyResult
from baodao.adoptions.queries.reminders import result_to_remind
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.notices.commands.notices import Message, announce
from baodao.people.queries.members import lock_persons


@command
def remind_member(actor: Actor, *, result_id: UUID) -> int:  # noqa: ARG001 - the worker, for all
    """Remind a member of what is still to be done; how many are told. Who turned reminders off or
    had enough of them is not."""
    person = PolicyResult.objects.filter(pk=result_id).values_list("person", flat=True).first()
    if person is None:
        return 0
    lock_persons([person])
    row = result_to_remind(result_id)
    if row is None or row.ends_on is None:
        return 0
    reminder = AdoptionReminder.objects.create(
        adoption=row.adoption, person_id=person, ends_on=row.ends_on
    )
    facts = {"what": row.adoption.version.name, "on": row.ends_on.isoformat()}
    message = Message("policy-window-ends", person_id=person, about=reminder.pk, facts=facts)
    return len(announce([message]))
