"""Where the page of a need, a card or an opinion leads: to the problem that was made of it."""

from collections.abc import Iterable, Mapping
from functools import partial
from uuid import UUID

from django.urls import reverse

from baodao.kernel.authz import Actor
from baodao.problems.models import PlaceProblem
from baodao.problems.queries.problems import (
    problem_by_code,
    problems_from,
    problems_of_needs,
    problems_of_opinions,
)
from baodao.ui.follow_ups import FollowUp, FollowUpSource


def _problem(row: PlaceProblem) -> FollowUp:
    url = reverse("problems:problem", args=[row.pk])
    return FollowUp(row.text, row.get_state_display(), url)


def _from(origin: str, actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, FollowUp]:
    return {key: _problem(row) for key, row in problems_from(actor, origin, ids).items()}


def _for_asker(_actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, FollowUp]:
    """For whoever asked, who knows the code of the need: the page of the problem by its code."""
    return {key: _by_code(row) for key, row in problems_of_needs(ids).items()}


def _for_giver(_actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, FollowUp]:
    """For whoever gave an opinion under their name, who holds the link of the sheet."""
    return {key: _by_code(row) for key, row in problems_of_opinions(ids).items()}


def _by_code(row: PlaceProblem) -> FollowUp:
    url = reverse("problems:asked", args=[row.code])
    return FollowUp(row.text, row.get_state_display(), url)


def page_of_code(code: str) -> str:
    """The page of the problem with this code, for whoever asked. Raises `Absent`."""
    return reverse("problems:asked", args=[problem_by_code(code).code])


FOLLOW_UPS: dict[str, FollowUpSource] = {
    name: partial(_from, name) for name in ("need", "card", "opinion")
}
FOLLOW_UPS |= {"asked": _for_asker, "given": _for_giver}
"""By the noun of the row; `asked` is a need as whoever asked finds it by its code, `given` an
opinion as whoever gave it finds it by its link."""
