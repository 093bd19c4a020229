"""For what of honours somebody waits."""

from typing import Any

from django.db.models import OuterRef, QuerySet

from baodao.honours.queries.rounds import open_objections
from baodao.honours.queries.votes import open_votes
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below


def waiting_objections(actor: Actor, place: Organisation) -> Question[int]:
    """How many objections wait for an answer of who acts for a place."""
    return _OBJECTIONS.number(actor, place)


def _objections(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = open_objections().filter(proposal__round__organisation__in=ids_below(place.path))
    reach = "proposal__round__organisation__path"
    return within(rows, actor, Permission.HONOUR_DECIDE, reach).values_list("pk")


_OBJECTIONS = Prepared(_objections)


def _votes() -> QuerySet[Any]:
    """For which voter a notice asks for a vote."""
    return open_votes().filter(pk=OuterRef("about"))


def _answers() -> QuerySet[Any]:
    """For which objection a notice asks for an answer."""
    return open_objections().filter(pk=OuterRef("about"))


PENDING: dict[str, PendingRows] = {"honour-vote": _votes, "honour-objection": _answers}
"""For which rows notices ask."""
