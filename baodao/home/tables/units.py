"""The first page of a unit: what is to be done next, and its branches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from baodao.checklist.queries.missing_members import MissingGroup, missing_rows
from baodao.checklist.queries.standings import (
    BranchStanding,
    Figures,
    UnitStanding,
    unit_standing,
)
from baodao.checklist.rules.reasons import Why
from baodao.checklist.tables import ReasonGroup, grouped_names
from baodao.home.tables.tasks import NextAct, sole_url
from baodao.kernel.authz import Actor, Permission
from baodao.ledger.queries.records import Totals
from baodao.ledger.rules.durations import hours_figure
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import choice_name, organisations


def next_act_in(actor: Actor, unit_id: int) -> NextAct | None:
    """The one useful thing for a unit, for who may do it; None for everybody else."""
    unit = organisations(actor, Permission.LETTER_ISSUE).filter(pk=unit_id).first()
    return next_act(actor, unit, unit_standing(actor, unit).answer()) if unit else None


def next_act(actor: Actor, unit: Organisation, standing: UnitStanding) -> NextAct | None:
    """The one useful thing for a unit: letters, then the group report, then what was returned."""
    letters = reverse("registration:letters")
    if count := standing.totals.reasons[Why.NO_LETTER]:
        words = ngettext("Issue %(count)s letter", "Issue %(count)s letters", count)
        return NextAct(words % {"count": count}, reverse("checklist:issue"))
    if count := standing.totals.reasons[Why.NOT_PRESENTED]:
        words = ngettext("Report %(count)s member", "Report %(count)s members as a group", count)
        return NextAct(words % {"count": count}, f"{letters}?state=issued")
    if count := standing.totals.reasons[Why.RETURNED]:
        words = ngettext("See %(count)s returned", "See %(count)s returned", count)
        rows = missing_rows(actor, unit).filter(why=Why.RETURNED)
        ids = rows.values_list("person", flat=True)[:2]
        url = sole_url(f"{letters}?state=returned", "home:person", *ids)
        return NextAct(words % {"count": count}, url)
    return None


@dataclass(frozen=True)
class BranchRow:
    """A branch of the unit's first page: who stands where, and what was served this year."""

    standing: BranchStanding
    served: Totals
    missing: Sequence[ReasonGroup]

    @property
    def name(self) -> str:
        return choice_name(self.standing.branch) if self.standing.branch else ""

    @property
    def hours(self) -> str:
        return hours_figure(self.served.minutes)


def branch_rows(
    standing: UnitStanding,
    served: Mapping[int, Totals],
    missing: Iterable[MissingGroup],
    gone: Iterable[Organisation],
) -> list[BranchRow]:
    """The branches in the order of the tree, each with the first names of who is missing; after
    them those in which nobody is any more, with what was served there."""
    groups = grouped_names(missing)
    rows = [*standing.rows, *(BranchStanding(branch, **vars(Figures())) for branch in gone)]
    return [
        BranchRow(row, served.get(row.branch.pk, Totals()), groups.get(row.branch.pk, []))
        for row in rows
        if row.branch
    ]
