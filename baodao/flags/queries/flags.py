"""Flags for the authority above a community, and those about which the community is asked."""

from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet

from baodao.flags.models import Flag
from baodao.flags.rules.life import FLAG, FlagState
from baodao.flags.rules.patterns import (
    FRESH_WITHIN,
    SITTING_MINUTES,
    SITTING_WITHIN,
    TYPED,
    Pattern,
)
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import Rows as Records
from baodao.ledger.queries.records import in_view, records, standing
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import without_successor
from baodao.orgs.queries.tree import ids_below
from baodao.registration.queries.registrations import accepted_rows

MOST_ROWS = 30
"""How many records beside a flag its page shows."""

Flags = QuerySet[Any]
"""Flags with whether their record is `undone`."""


def flag_rows() -> Flags:
    """Every flag, with whether its record was reversed since; the caller narrows them."""
    rows = Flag.objects.select_related("community", "record__person")
    return rows.annotate(undone=Q(record__reversal__id__isnull=False))


def flags(actor: Actor) -> Flags:
    """Flags of communities below an authority for which the actor looks through them; never of what
    they served, or entered, themselves."""
    rows = within(flag_rows(), actor, Permission.FLAG_DECIDE, "community__path")
    return _of_others(rows, actor)


def flags_to_explain(actor: Actor) -> Flags:
    """Flags about which a community is or was asked, for who puts its records right; never of what
    they served themselves."""
    rows = within(flag_rows(), actor, Permission.RECORD_REVERSE, "community__path")
    rows = rows.exclude(asked_at=None)
    return rows.exclude(record__person=actor.person_id) if actor.person_id else rows


def _of_others(rows: Flags, actor: Actor) -> Flags:
    own = Q(pk=None)
    if actor.person_id:
        own |= Q(record__person=actor.person_id)
    if actor.account_id:
        own |= Q(record__account_id=actor.account_id)
    return rows.exclude(own)


def flag_of(rows: Flags, key: object) -> Any:
    """One of these rows. Raises `Absent`."""
    row = rows.filter(pk=key).first()
    if row is None:
        raise Absent("flag")
    return row


def waiting(rows: Flags) -> Flags:
    """Those that a human has still to decide, asked about or not."""
    return rows.filter(state__in=FLAG.live, undone=False)


def to_look_at(actor: Actor) -> Flags:
    """Those that wait for the actor's word, not for a community's; of a community whose work nobody
    took over nobody else is left to speak."""
    answerable = Q(state=FlagState.ASKED) & ~Q(community__in=without_successor())
    return waiting(flags(actor)).exclude(answerable)


def look_count(actor: Actor, place: Organisation) -> Question[int]:
    """How many of a place and below wait for the actor's word."""
    return _TO_LOOK_AT.number(actor, place)


def _to_look_at(actor: Actor, place: Organisation) -> Flags:
    rows = to_look_at(actor).filter(community__path__startswith=place.path)
    return rows.order_by().select_related(None).values_list("pk")


def to_explain(actor: Actor, community: Organisation) -> Flags:
    """Those that wait for the word of a community, the longest asked first."""
    rows = waiting(flags_to_explain(actor)).filter(state=FlagState.ASKED)
    return rows.filter(community__in=ids_below(community.path)).order_by("asked_at", "pk")


def explain_count(actor: Actor, community: Organisation) -> Question[int]:
    """How many records a community is asked about."""
    return _TO_EXPLAIN.number(actor, community)


def _to_explain(actor: Actor, community: Organisation) -> Flags:
    return to_explain(actor, community).order_by().select_related(None).values_list("pk")


_TO_LOOK_AT, _TO_EXPLAIN = Prepared(_to_look_at), Prepared(_to_explain)


def evidence(actor: Actor, flag: Flag) -> dict[str, list[ServiceRecord]]:
    """The other records that make each pattern, as far as the actor reads them: by its code; those
    of communities elsewhere without what tells of residents. One row more than a page shows where
    there are more: all of them are among the person's."""
    record = flag.record
    others = standing(records(actor)).exclude(id=record.id).order_by("served_on", "id")
    typed = others.filter(account_id=record.account_id, origin__in=TYPED)
    near = (record.recorded_at - SITTING_WITHIN, record.recorded_at + SITTING_WITHIN)
    days = others.filter(person=record.person_id)
    month = Q(served_on__year=record.served_on.year, served_on__month=record.served_on.month)
    week = Q(
        served_on__iso_year=record.served_on.isocalendar().year,
        served_on__week=record.served_on.isocalendar().week,
    )
    rows = {
        Pattern.FRESH: _fresh(flag, days),
        Pattern.TEXT: typed.filter(person=record.person_id, result=record.result),
        Pattern.SITTING: typed.filter(
            person=record.person_id, minutes__gte=SITTING_MINUTES, recorded_at__range=near
        ),
        Pattern.DAY: days.filter(served_on=record.served_on),
        Pattern.WEEK: days.filter(week),
        Pattern.MONTH: days.filter(month),
    }
    return {
        code.value: [in_view(actor, row) for row in rows[code][: MOST_ROWS + 1]]
        for code in rows
        if code in flag.patterns
    }


def _fresh(flag: Flag, rows: Records) -> Records:
    """Those of these records that were typed within half a day after the person was received."""
    record = flag.record
    received = accepted_rows(flag.community).filter(
        person=record.person_id,
        community=flag.community_id,
        accepted_at__lte=record.recorded_at,
        accepted_at__gt=record.recorded_at - FRESH_WITHIN,
    )
    at = received.aggregate(at=Max("accepted_at"))["at"]
    if at is None:
        return rows.none()
    typed = rows.filter(community=flag.community_id, origin__in=TYPED)
    return typed.filter(recorded_at__gte=at, recorded_at__lt=at + FRESH_WITHIN)


def same_day(actor: Actor, flag: Flag) -> Records:
    """What else the account that entered the record typed on that day, in that order."""
    record = flag.record
    if not record.account_id:
        return records(actor).none()
    first = clock.midnight(clock.local(record.recorded_at).date())
    rows = records(actor).filter(account_id=record.account_id, origin__in=TYPED, minutes__gt=0)
    until = clock.end_of(clock.local(record.recorded_at).date())
    typed = rows.filter(recorded_at__gte=first, recorded_at__lte=until).exclude(id=record.id)
    return typed.order_by("recorded_at", "seq")


PENDING: dict[str, PendingRows] = {
    "flag-asked": lambda: waiting(flag_rows()).filter(pk=OuterRef("about"), state=FlagState.ASKED),
    "flag-explained": lambda: waiting(flag_rows()).filter(
        pk=OuterRef("about"), state=FlagState.EXPLAINED
    ),
}
"""For which rows notices ask."""
