"""What a reorganisation would do, what was done, and whether it can still be undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import ngettext

from baodao.kernel import clock, journal
from baodao.kernel.authz import SYSTEM, Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.models import JournalEntry
from baodao.orgs.models import Organisation, Reorganisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.handovers import (
    HANDOVERS,
    SUCCESSIONS,
    UNDONE_ACTS,
    Aim,
    Fate,
    HandoverLine,
    Reform,
    ReorganisationPlan,
)
from baodao.orgs.rules.tree import PARENTS, Kind

READINGS = ("read", "unmasked", "printed")
"""Endings of the journal's verbs that tell of no new fact."""

BY_ITSELF = {"account_id": None, "actor_name": SYSTEM.name}
"""Entries of the work of every night, which nobody did."""


def plan_of(organisation: Organisation, aim: Aim, reason: str = "") -> ReorganisationPlan:
    """What would be done to an organisation now."""
    ending: frozenset[int] = frozenset()
    below = Organisation.objects.filter(path__startswith=organisation.path)
    closed = frozenset(below.filter(closed_at__isnull=False).values_list("pk", flat=True))
    if aim.reform in SUCCESSIONS:
        ending = frozenset({organisation.pk})
    elif aim.reform is Reform.DISSOLVED:
        ending = frozenset(below.filter(closed_at=None).values_list("pk", flat=True))
    ids = aim.successor_ids if aim.parent_id is None else [aim.parent_id]
    names = Organisation.objects.in_bulk(ids)
    return ReorganisationPlan(
        organisation_id=organisation.pk,
        name=organisation.name,
        aim=aim,
        ending=ending,
        hanging=ending | closed if ending else ending,
        reason=reason,
        target=aim.name or "、".join(names[key].name for key in ids if key in names),
        at=clock.now(),
    )


def candidates(actor: Actor, organisation: Organisation, reform: Reform) -> QuerySet[Organisation]:
    """The open organisations among which the actor chooses: those that can stand above it where it
    is moved, else those of its kind; its brothers first."""
    kinds = PARENTS[Kind(organisation.kind)] if reform is Reform.MOVED else {organisation.kind}
    rows = organisations(actor, Permission.ORGANISATION_EDIT).filter(kind__in=kinds, closed_at=None)
    near = Case(When(parent=organisation.parent_id, then=Value(0)), default=Value(1))
    others = rows.exclude(path__startswith=organisation.path).select_related("parent")
    return others.order_by(near, "path")


def handover_lines(plan: ReorganisationPlan) -> list[HandoverLine]:
    """What becomes of everything that hangs on the organisation, slice by slice."""
    return [line for handover in HANDOVERS.values() for line in handover.lines(plan) if line.count]


def check_lines(plan: ReorganisationPlan, lines: Iterable[HandoverLine]) -> None:
    """Refuse an act in whose way something stands, with the first of it and what to do."""
    standing = next((line for line in lines if line.fate is Fate.STANDS), None)
    if standing is not None:
        raise Refused(
            "organisation.in-the-way",
            gettext_noop("%(name)s cannot be closed yet: %(what)s"),
            name=plan.name,
            what=counted_words(standing),
        )


def counted_words(line: HandoverLine) -> str:
    """The sentence of a line, in the reader's language."""
    return ngettext(*line.words, line.count) % {"count": line.count}


@dataclass(frozen=True)
class Undoing:
    """A reorganisation as its page shows it: `refusal` says why it cannot be undone any more."""

    reorganisation: Reorganisation
    refusal: Refused | None


def last_reorganisation(organisation: Organisation) -> Undoing | None:
    """The last reorganisation of an organisation that was not undone; None where there is none."""
    last = organisation.reorganisations.filter(undone_at=None).order_by("-at").first()
    return None if last is None else Undoing(last, undo_refusal(last))


def reorganisation_of(organisation: Organisation, reorganisation_id: UUID) -> Reorganisation:
    """One of an organisation's reorganisations, one that was undone too; raises `Absent`."""
    row = Reorganisation.objects.filter(organisation=organisation, pk=reorganisation_id).first()
    if row is None:
        raise Absent("reorganisation")
    return row


def check_undoable(reorganisation: Reorganisation) -> None:
    """Refuse to undo what was undone, or on which something was built."""
    if refusal := undo_refusal(reorganisation):
        raise refusal


def undo_refusal(reorganisation: Reorganisation) -> Refused | None:
    """Why a reorganisation cannot be undone, None where it can: nothing was written since in the
    organisations that it concerned; what the system did by itself stands in nobody's way."""
    if reorganisation.undone_at is not None:
        return Refused("reorganisation.undone", gettext_noop("It was undone already."))
    first = work_since(reorganisation.at).filter(scope_id__in=reorganisation.concerned).first()
    if first is None:
        return None
    return Refused(
        "reorganisation.facts",
        gettext_noop(
            "It can no longer be undone: %(person)s has worked under it since. Reorganise anew "
            "instead."
        ),
        person=first.actor_name,
    )


def work_since(at: datetime) -> QuerySet[JournalEntry]:
    """What people wrote after an instant, the first of it first. Reading tells of no new fact, and
    an act that was undone left none: its entries are of its two instants."""
    instants = [instant for teller in UNDONE_ACTS for instant in teller(at)]
    later = journal.entries().filter(at__gt=at).exclude(**BY_ITSELF).exclude(at__in=instants)
    for ending in READINGS:
        later = later.exclude(verb__endswith=f".{ending}")
    return later.order_by("at")


def instants_undone_since(at: datetime) -> list[datetime]:
    """The two instants, of the act and of its undoing, of each reorganisation undone after `at`."""
    rows = Reorganisation.objects.filter(undone_at__gt=at).values_list("at", "undone_at")
    return [instant for pair in rows for instant in pair if instant is not None]
