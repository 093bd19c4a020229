"""What the tree itself refuses of an act: one rule, asked by the preview and by the act."""

from itertools import chain, count

from django.db.models import QuerySet

from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open
from baodao.orgs.rules.handovers import Aim, Reform, check_reform
from baodao.orgs.rules.tree import NAME_LENGTH, Kind, check_name, check_parent


def check_aim(organisation: Organisation, aim: Aim) -> None:
    """Refuse what cannot be done to an organisation: one that is closed, a name that is taken, a
    place below which it cannot stand, one that cannot take over. What hangs on it is asked of the
    slices (`queries.reorganisations.check_lines`)."""
    check_reform(Kind(organisation.kind), aim.reform)
    check_open(organisation)
    if aim.reform is Reform.RENAMED:
        check_new_name(organisation, aim.name)
    elif aim.reform is Reform.MOVED:
        assert aim.parent_id is not None
        check_place(organisation, Organisation.objects.get(pk=aim.parent_id))
    elif aim.reform in (Reform.MERGED, Reform.SPLIT):
        _check_heirs(organisation, aim)


def check_new_name(organisation: Organisation, name: str) -> None:
    """Refuse the name that it has, and one that a brother of the same kind has."""
    name = check_name(name)
    if name == organisation.name:
        raise Refused(
            "organisation.same-name",
            gettext_noop("It is called %(name)s already. Write the new name."),
            name=name,
        )
    if organisation.parent is not None:
        check_name_free(organisation.parent, Kind(organisation.kind), name)


def check_place(organisation: Organisation, parent: Organisation) -> None:
    """Refuse a place that cannot hold it, is closed, is where it stands, or has one of its name."""
    check_parent(Kind(organisation.kind), Kind(parent.kind))
    check_holds(parent)
    if parent.pk == organisation.parent_id:
        raise Refused(
            "organisation.same-place",
            gettext_noop("%(name)s stands below %(parent)s already. Choose another."),
            name=organisation.name,
            parent=parent.name,
        )
    check_name_free(parent, Kind(organisation.kind), organisation.name)


def _check_heirs(organisation: Organisation, aim: Aim) -> None:
    heirs = Organisation.objects.filter(pk__in=aim.successor_ids)
    for heir in heirs:
        check_open(heir)
        if heir.kind != organisation.kind or heir.pk == organisation.pk:
            raise Refused(
                "organisation.no-successor",
                gettext_noop(
                    "%(name)s cannot take over from %(organisation)s: choose another organisation "
                    "of the same kind."
                ),
                name=heir.name,
                organisation=organisation.name,
            )
    if aim.reform is Reform.SPLIT and len(heirs) < 2:
        raise Refused(
            "organisation.one-successor",
            gettext_noop(
                "It is split among two at least. Name another one that takes over, or merge it."
            ),
        )


def check_holds(parent: Organisation) -> None:
    """Refuse a closed organisation as the place of another."""
    if parent.closed_at is not None:
        raise Refused(
            "organisation.parent-closed",
            gettext_noop("%(name)s is closed; nothing can be added below it."),
            name=parent.name,
        )


def name_is_free(parent: Organisation, kind: Kind, name: str) -> bool:
    """Whether no open organisation of the kind directly below `parent` has this name."""
    return not open_names(parent, kind).filter(name=name).exists()


def open_names(parent: Organisation, kind: Kind) -> QuerySet[Organisation, str]:
    """The names of the open organisations of a kind directly below `parent`."""
    rows = Organisation.objects.filter(parent=parent, kind=kind, closed_at=None)
    return rows.values_list("name", flat=True)


def free_name(parent: Organisation, child: Organisation) -> str:
    """What a child is called below another parent: as it was, else after where it came from, else
    with a number, the first of these that no open brother of its kind has."""
    kind, origin = Kind(child.kind), child.parent.name if child.parent else ""
    if name_is_free(parent, kind, child.name):
        return child.name
    numbers = chain([""], (f"（{number}）" for number in count(2)))
    names = (f"{origin}{child.name}"[: NAME_LENGTH - len(end)] + end for end in numbers)
    return next(name for name in names if name_is_free(parent, kind, name))


def check_name_free(parent: Organisation, kind: Kind, name: str) -> None:
    """Refuse a name that a brother of the same kind has."""
    if not name_is_free(parent, kind, name):
        raise name_refusal(parent, name)


def name_refusal(parent: Organisation, name: str) -> Refused:
    """Why nothing with this name can be added below `parent`."""
    return Refused(
        "organisation.name-taken",
        gettext_noop("%(parent)s already has a %(name)s; choose another name."),
        parent=parent.name,
        name=name,
    )
