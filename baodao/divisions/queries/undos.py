"""Division tables that were taken over, and what stands in the way of undoing one, by place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from baodao.divisions.models import DivisionImport
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.scope import within
from baodao.orgs.queries.relations import hanging_on
from baodao.orgs.queries.reorganisations import (
    counted_words,
    handover_lines,
    plan_of,
    work_since,
)
from baodao.orgs.queries.tree import organisations_anywhere
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.ui.facts import actor_words

MOST_OBSTACLES = 200
"""Places in the way that are told one by one."""

Sentences = dict[int, dict[str, None]]
"""By the id of a place, what stands in the way there, each sentence once."""


@dataclass(frozen=True)
class ImportObstacle:
    """A place on which something was built since a table was taken over, and what, in words."""

    code: str
    name: str
    sentences: list[str]


@dataclass(frozen=True)
class ImportLine:
    """A table taken over, with the first place that stands in the way of undoing it; None where it
    can be undone, or was."""

    row: DivisionImport
    obstacle: ImportObstacle | None


def division_imports(actor: Actor) -> QuerySet[DivisionImport]:
    """Tables taken over where the actor may import, the latest first."""
    rows = DivisionImport.objects.select_related("place").order_by("-at", "-pk")
    return within(rows, actor, Permission.DIVISION_IMPORT, "place__path")


def import_lines(rows: Iterable[DivisionImport]) -> list[ImportLine]:
    """These tables, each with what stands first in the way of undoing it."""
    return [
        ImportLine(row, None if row.undone_at else next(iter(obstacles_of(row)), None))
        for row in rows
    ]


def check_undoable(row: DivisionImport, obstacles: Iterable[ImportObstacle]) -> None:
    """Refuse to undo a table twice, and one on which something was built, with the first place."""
    if row.undone_at is not None:
        raise Refused("division-import.undone", gettext_noop("This table was undone already."))
    first = next(iter(obstacles), None)
    if first is not None:
        raise Refused(
            "division-import.built-upon",
            gettext_noop("It can no longer be undone as a whole: %(division)s %(name)s – %(what)s"),
            division=first.code,
            name=first.name,
            what="；".join(first.sentences),
        )


def obstacles_of(row: DivisionImport) -> list[ImportObstacle]:
    """What was built on the places that a table made or changed, in the order of their codes, at
    most `MOST_OBSTACLES`; none where it can be undone."""
    steps = [step for step in row.changes if "organisation" in step]
    sentences: Sentences = defaultdict(dict)
    for place_id, words in (
        *_work(row, steps),
        *_hanging(row),
        *_reopened(steps),
        *_conflicts(steps),
    ):
        sentences[place_id][words] = None
    places = organisations_anywhere().filter(pk__in=sentences).order_by("code")[:MOST_OBSTACLES]
    return [ImportObstacle(one.code, one.name, list(sentences[one.pk])) for one in places]


def made_by(row: DivisionImport, column: str = "pk") -> Q:
    """Whether `column` names a place that the table made; never where it made none."""
    condition = Q(**{f"{column}__in": ()})
    for step in row.changes:
        if "first" in step:
            condition |= Q(**{f"{column}__gte": step["first"], f"{column}__lte": step["last"]})
    return condition


def instants_undone_since(at: datetime) -> list[datetime]:
    """The two instants, of taking over and of undoing, of each table that was undone after `at`."""
    rows = DivisionImport.objects.filter(undone_at__gt=at).values_list("at", "undone_at")
    return [instant for pair in rows for instant in pair if instant is not None]


def _work(row: DivisionImport, steps: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """Who worked first since, at each place that was made or changed and below what was moved."""
    before: dict[int, tuple[int | None, str]] = {}
    for step in steps:
        before.setdefault(step["organisation"], (step["parent_id"], step["code"]))
    changed = organisations_anywhere().in_bulk(before)
    moved = [one.path for key, one in changed.items() if (one.parent_id, one.code) != before[key]]
    places = Q(pk__in=before) | made_by(row)
    for path in moved:
        places |= Q(path__startswith=path)
    ids = organisations_anywhere().filter(places).order_by().values("pk")
    entries = work_since(row.at).filter(scope_id__in=ids).order_by("scope_id", "at")
    first = entries.distinct("scope_id").values_list("scope_id", "actor_name")
    for place_id, name in first[:MOST_OBSTACLES]:
        person = actor_words(name) or gettext("Somebody")
        yield place_id, gettext("%(person)s has worked here since") % {"person": person}


def _hanging(row: DivisionImport) -> Iterator[tuple[int, str]]:
    """What hangs by now on the places that the table made."""
    own = [step["organisation"] for step in row.changes if "parent_id" in step]
    for place_id, words in hanging_on(partial(made_by, row), own, MOST_OBSTACLES):
        yield place_id, gettext("%(what)s hang here") % {"what": gettext(words)}


def _reopened(steps: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """What would end with the places that the table opened and that are closed again."""
    keys = [step["organisation"] for step in steps if step["closed_at"]]
    for place in organisations_anywhere().filter(pk__in=keys, closed_at=None):
        for line in handover_lines(plan_of(place, Aim(Reform.DISSOLVED))):
            yield place.pk, counted_words(line)


def _conflicts(steps: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """Codes of before that others have by now, and places above that are closed by now."""
    by_code = {step["code"]: step["organisation"] for step in steps}
    for taken in organisations_anywhere().filter(code__in=by_code):
        if taken.pk != by_code[taken.code]:
            facts = {"division": taken.code, "name": taken.name}
            yield by_code[taken.code], gettext("its code %(division)s is that of %(name)s") % facts
    back = {step["organisation"] for step in steps if not step["closed_at"]}
    above = {step["parent_id"] for step in steps if not step["closed_at"]} - back
    closed = organisations_anywhere().filter(pk__in=above).exclude(closed_at=None).in_bulk()
    for step in steps:
        parent = closed.get(step["parent_id"])
        if parent is not None and not step["closed_at"]:
            yield step["organisation"], gettext("%(name)s is closed") % {"name": parent.name}
