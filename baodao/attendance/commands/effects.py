"""Grading how well activities worked, many at once or one with a reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from baodao.attendance.models import ActivityEffect
from baodao.attendance.queries.effects import gradable, units_served
from baodao.attendance.rules.effects import EffectGrade, check_grade
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.notices.commands.notices import Message, announce
from baodao.offers.models import Offer


@command
def grade_effects(
    actor: Actor, *, grades: Mapping[UUID, EffectGrade], reason: str = ""
) -> Batch[ActivityEffect]:
    """Say how well activities that took place worked. A grade that is there already is changed with
    a `reason`; without one, or to the same, that activity is named and the others are graded.
    Raises `Absent` for an activity that is not over or not of the actor's community.

    Cannot be taken back: who was wrong grades again, with a reason.
    """
    rows = [lock(gradable(actor), offer_id) for offer_id in sorted(grades)]
    live = ActivityEffect.objects.filter(offer__in=rows, until=None)
    before = {row.offer_id: row for row in live}

    def grading(offer: Offer) -> ActivityEffect:
        return _grade(actor, offer, grades[offer.pk], before.get(offer.pk), reason)

    batch = Batch.each(rows, grading, lambda offer: offer.title)
    _tell(batch.done, before)
    return batch


def _tell(rows: Sequence[ActivityEffect], before: Mapping[UUID, ActivityEffect]) -> None:
    """The units whose members served: once of all that is graded for the first time in a
    community, of each that was changed with why."""
    graded = {row.offer_id: row for row in rows}
    first: Counter[tuple[int, str]] = Counter()
    messages: list[Message] = []
    for offer_id, unit in units_served(graded):
        row = graded[offer_id]
        community = row.offer.community.name
        if offer_id not in before:
            first[unit, community] += 1
            continue
        messages.append(
            Message(
                "effect-changed",
                organisation_id=unit,
                about=offer_id,
                facts={"community": community, "title": row.offer.title, "reason": row.reason},
            )
        )
    for (unit, community), count in first.items():
        facts: dict[str, str | int] = {"community": community, "count": count}
        messages.append(Message("effects-graded", organisation_id=unit, facts=facts))
    announce(messages)


def _grade(
    actor: Actor, offer: Offer, grade: EffectGrade, before: ActivityEffect | None, reason: str
) -> ActivityEffect:
    check_grade(before.grade if before else "", grade, reason)
    now = clock.now()
    if before is not None:
        before.until = now
        before.save(update_fields=["until"])
    row = ActivityEffect.objects.create(
        offer=offer, grade=grade, reason=reason.strip(), graded_by=actor.name, since=now
    )
    journal.write(
        actor,
        "offer.effect-graded",
        offer.pk,
        offer.community_id,
        title=offer.title,
        grade=grade.words,
        before=EffectGrade(before.grade).words if before else "",
        reason=row.reason,
    )
    return row
