"""Units that people name in words: the open ones of one city."""

from collections.abc import Callable
from functools import partial

from django.db.models import Q, QuerySet

from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import city_path
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind

MEANT = 6
"""Units named when several fit."""


def units(path: str, words: str) -> QuerySet[Organisation]:
    """Open units below `path` whose name has the words, or whose code they are."""
    rows = places(Kind.UNIT).filter(path__startswith=path)
    return rows.filter(Q(name__icontains=words.strip()) | Q(code=words.strip())).order_by("path")


def unit_named(path: str, words: str) -> Organisation:
    """The one open unit below `path` that `words` mean: exactly, else by part of its name.

    Raises `Refused` when there is none, or when several fit, naming them.
    """
    name = words.strip()
    fitting = units(path, name)
    rows = list(fitting.filter(Q(name=name) | Q(code=name))[:MEANT]) or list(fitting[:MEANT])
    if not rows:
        raise Refused(
            "unit.unknown",
            gettext_noop("There is no open unit “%(words)s” in this city. Check the name."),
            words=words,
        )
    if len(rows) > 1:
        raise Refused(
            "unit.ambiguous",
            gettext_noop("Several units fit: %(names)s. Write the one you mean."),
            names="、".join(row.name for row in rows),
        )
    return rows[0]


def unit_finder(place: Organisation) -> Callable[[str], Organisation]:
    """Finds a unit of the city in which `place` lies; for the field of a form."""
    return partial(unit_named, city_path(place))
