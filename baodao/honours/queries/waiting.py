"""For what of honours somebody waits."""

from typing import Any

from django.db.models import OuterRef, QuerySet

from baodao.honours.queries.rounds import open_objections
from baodao.honours.queries.votes import open_votes
from baodao.notices.queries.pending import PendingRows


def _votes() -> QuerySet[Any]:
    """For which voter a notice asks for a vote."""
    return open_votes().filter(pk=OuterRef("about"))


def _answers() -> QuerySet[Any]:
    """For which objection a notice asks for an answer."""
    return open_objections().filter(pk=OuterRef("about"))


PENDING: dict[str, PendingRows] = {"honour-vote": _votes, "honour-objection": _answers}
"""For which rows notices ask."""
