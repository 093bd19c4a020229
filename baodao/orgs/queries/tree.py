"""Reading the tree: what is in scope, what stands above and below, what may be chosen."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, certain
from baodao.kernel.scope import covered, within
from baodao.orgs.models import Organisation, OrganisationPeriod, Successor
from baodao.orgs.rules.tree import Kind


def organisations(actor: Actor, permission: Permission) -> QuerySet[Organisation]:
    """Organisations on which the actor holds `permission`, closed ones included."""
    return within(Organisation.objects.all(), actor, permission, "path")


def reached(actor: Actor) -> QuerySet[Organisation]:
    """Organisations on which the actor holds anything at all, closed ones included."""
    return covered(Organisation.objects.all(), actor.reach, "path")


def organisation_of(actor: Actor, permission: Permission, code: str) -> Organisation:
    """The organisation with `code`; raises `Absent` outside the actor's scope."""
    organisation = _with_code(permission).first(actor, code)
    if organisation is None:
        raise Absent(code)
    return organisation


@cache
def _with_code(permission: Permission) -> Prepared[Organisation]:
    return Prepared(lambda actor, code: organisations(actor, permission).filter(code=code))


def by_id(organisation_id: int) -> Organisation:
    """Any organisation: names of places and units are public. Raises `Absent`."""
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise Absent("organisation")
    return organisation


def by_code(code: str) -> Organisation:
    """Any organisation by its code: names of places and units are public. Raises `Absent`."""
    organisation = Organisation.objects.filter(code=code).first()
    if organisation is None:
        raise Absent("organisation")
    return organisation


def organisations_anywhere() -> QuerySet[Organisation]:
    """All organisations, closed ones included: names of places and units are public."""
    return Organisation.objects.all()


def places(kind: Kind) -> QuerySet[Organisation]:
    """Open organisations of a kind anywhere: the public register of places and units."""
    return Organisation.objects.filter(kind=kind, closed_at=None)


def city_path(organisation: Organisation) -> str:
    """The path of the city in which the organisation lies."""
    return organisation.path.split(".", 1)[0] + "."


def place_name(organisation: Organisation) -> str:
    """The name that tells two of one name apart: with what stands above."""
    above = organisation.parent
    return f"{organisation.name}（{above.name}）" if above else organisation.name


def below(organisation: Organisation, *kinds: Kind) -> QuerySet[Organisation]:
    """The organisation itself and all that hang under it, of these kinds (all if none)."""
    rows = Organisation.objects.filter(path__startswith=organisation.path)
    return rows.filter(kind__in=kinds) if kinds else rows


def ids_below(path: str) -> QuerySet[Organisation, int]:
    """The ids of today's organisations at and below `path`, closed ones included; as a subquery of
    a filter, or read."""
    rows = Organisation.objects.filter(path__startswith=path).order_by()
    return rows.values_list("pk", flat=True)


def check_open(organisation: Organisation) -> None:
    """Refuse an act on a closed organisation, with what to do."""
    if organisation.closed_at is None:
        return
    successors = [row.successor.name for row in organisation.successors.select_related("successor")]
    if successors:
        raise Refused(
            "organisation.succeeded",
            gettext_noop("%(name)s was closed; turn to %(successors)s instead."),
            name=organisation.name,
            successors="、".join(successors),
        )
    raise Refused(
        "organisation.is-closed",
        gettext_noop("%(name)s was closed and accepts nothing any more; choose another."),
        name=organisation.name,
    )


def check_open_on(organisation: Organisation, day: date) -> None:
    """Refuse an act of a civil day on which the organisation was closed already."""
    if _is_over(organisation, day):
        check_open(organisation)


def standing_of(organisation: Organisation, day: date | None = None) -> Organisation:
    """Who did its work on a civil day, or does now: the organisation itself while it was open, on
    its last day too, else the first successor that was; itself where nobody took over."""
    row = organisation
    while _is_over(row, day):
        follower = row.successors.select_related("successor").first()
        if follower is None:
            return organisation
        row = follower.successor
    return row


def standing_for(organisation_ids: Collection[int]) -> dict[int, int]:
    """Of those of these organisations that were closed, by their ids, the id of who does their work
    now; their own where nobody took over."""
    closed = Organisation.objects.filter(pk__in=organisation_ids, closed_at__isnull=False)
    return {row.pk: standing_of(row).pk for row in closed}


def worked_for(name: str) -> Q:
    """Of rows, that somebody does the work of the organisation called `name` there: it is open, or
    stands below who took over. Nothing waits for an organisation that is gone."""
    heirs = Organisation.objects.filter(closed_at=None, kind=OuterRef(f"{name}__kind"))
    own = ExpressionWrapper(OuterRef(f"{name}__path"), output_field=CharField())
    above = heirs.alias(own=own).filter(own__startswith=F("path"))
    return Q(**{f"{name}__closed_at": None}) | Q(Exists(above))


def heir_names() -> dict[int, str]:
    """Of each organisation that others took over, by its id, the name of the first of them."""
    rows = Successor.objects.order_by("-pk")
    return dict(rows.values_list("predecessor", "successor__name"))


def _is_over(organisation: Organisation, day: date | None) -> bool:
    closed_on = clock.day_of(organisation.closed_at)
    return closed_on is not None and (day is None or closed_on < day)


def lacks_contact(organisation: Organisation) -> Question[bool]:
    """Whether whoever was to be asked works there no longer and nobody was named instead."""
    if organisation.contact_name:
        return certain(False)
    return _NAMED.question(organisation).then(bool)


def _named(organisation: Organisation) -> QuerySet[Any, Any]:
    """The first of the periods in which it had a contact."""
    rows = OrganisationPeriod.objects.filter(organisation=organisation)
    return rows.exclude(contact_name="").order_by("pk").values_list("pk")[:1]


_NAMED = Prepared(_named)


def ancestors(organisation: Organisation) -> list[Organisation]:
    """From the root down to the organisation itself."""
    codes = organisation.path.rstrip(".").split(".")
    rows = {row.code: row for row in _WITH_CODES.rows(tuple(codes))}
    return [rows[code] for code in codes]


_WITH_CODES = Prepared(lambda codes: Organisation.objects.filter(code__in=codes))


def ancestor_of(organisation: Organisation, kind: Kind) -> Organisation | None:
    """The nearest organisation of `kind` above, or the organisation itself."""
    if organisation.kind == kind:
        return organisation
    return next((row for row in reversed(ancestors(organisation)) if row.kind == kind), None)


def paths_of(organisation_ids: Iterable[int]) -> dict[int, str]:
    """The path of each of these organisations."""
    rows = Organisation.objects.filter(pk__in=list(organisation_ids))
    return dict(rows.values_list("pk", "path"))


def at_paths(paths: Iterable[str]) -> QuerySet[Organisation]:
    """The organisations that stand at exactly these paths."""
    return Organisation.objects.filter(path__in=list(paths))


def choosable(rows: QuerySet[Organisation], present: int | None) -> QuerySet[Organisation]:
    """The open ones of these, and the `present` one: a choice that was closed since stays until
    somebody makes another."""
    return rows.filter(Q(closed_at=None) | Q(pk=present))


def choice_name(organisation: Organisation) -> str:
    """The name among the choices; a closed one says so."""
    if organisation.closed_at is None:
        return organisation.name
    return gettext("%(name)s (closed)") % {"name": organisation.name}
