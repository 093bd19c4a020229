"""One organisation at a time: added, renamed, closed; its contact."""

from collections.abc import Iterable

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Substr

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length
from baodao.kernel.locks import lock
from baodao.orgs.commands.changes import Changes, hand_over
from baodao.orgs.commands.periods import keep_periods
from baodao.orgs.models import Organisation
from baodao.orgs.queries.obstacles import (
    check_holds,
    check_name_free,
    check_new_name,
    name_refusal,
    open_names,
)
from baodao.orgs.queries.reorganisations import plan_of
from baodao.orgs.queries.tree import check_open
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import (
    Kind,
    about,
    check_code,
    check_name,
    check_parent,
    editors_of,
    next_code,
    path_of,
    pinyin_of,
)
from baodao.spreadsheets.phones import kept_phone, legible

MOST_CONTACT = 60
CONTACT_EDITORS = (
    Permission.ORGANISATION_EDIT,
    Permission.ROSTER_IMPORT,
    Permission.SETTING_EDIT,
)

"""Any of these, held there, lets one say who is to be asked."""


@command
def create(
    actor: Actor, *, kind: Kind, name: str, parent_id: int, code: str | None = None
) -> Organisation:
    """Add an organisation below another; without a code it gets the next one there.

    Refuses a parent that cannot hold this kind or is closed, a code or name taken.
    """
    parent = _parent_of_new(actor, kind, parent_id)
    name = check_name(name)
    check_name_free(parent, kind, name)
    code = check_code(code) if code else next_code(kind, parent.code, _codes(kind, parent))
    _check_code_free(code)
    organisation = _new(parent, kind, name, code)
    organisation.save(force_insert=True)
    journal.write_many(actor, [_created(organisation)])
    return organisation


@command
def create_branches(actor: Actor, *, unit_id: int, names: Iterable[str]) -> list[Organisation]:
    """Add branches to a unit, coded in the order of their names: all of them, or none where one
    has a name that is not free."""
    unit = _parent_of_new(actor, Kind.BRANCH, unit_id)
    codes = set(_codes(Kind.BRANCH, unit))
    taken = set(open_names(unit, Kind.BRANCH))
    branches: list[Organisation] = []
    for name in map(check_name, names):
        if name in taken:
            raise name_refusal(unit, name)
        branches.append(_new(unit, Kind.BRANCH, name, next_code(Kind.BRANCH, unit.code, codes)))
        taken.add(name)
        codes.add(branches[-1].code)
    Organisation.objects.bulk_create(branches)
    journal.write_many(actor, map(_created, branches))
    return branches


def _parent_of_new(actor: Actor, kind: Kind, parent_id: int) -> Organisation:
    """Below what an organisation of this kind is to be added, locked. Raises `Absent`; refused
    where it cannot hold the kind or is closed."""
    parent = Organisation.objects.select_for_update().filter(pk=parent_id).first()
    if parent is None or not _may_edit(actor, kind, parent.path):
        raise Absent("organisation")
    check_parent(kind, Kind(parent.kind))
    check_holds(parent)
    return parent


def _new(parent: Organisation, kind: Kind, name: str, code: str) -> Organisation:
    return Organisation(
        kind=kind,
        name=name,
        pinyin=pinyin_of(name),
        parent=parent,
        code=code,
        path=path_of(parent.path, code),
        opened_at=clock.now(),
    )


def _created(row: Organisation) -> journal.Act:
    facts: dict[str, journal.Fact] = {"name": row.name, "code": row.code, "kind": row.kind}
    return journal.Act("organisation.created", about(row.pk), row.pk, facts)


@command
def rename(actor: Actor, *, organisation_id: int, name: str) -> Organisation:
    """Give an organisation another name; papers and facts of before keep theirs."""
    organisation = editable(actor, organisation_id)
    check_open(organisation)
    before = organisation.name
    name = check_name(name)
    if name == before:
        return organisation
    check_new_name(organisation, name)
    put_name(organisation, name)
    _tell(actor, "organisation.renamed", organisation, before=before, name=name)
    return organisation


@command
def set_contact(
    actor: Actor, *, organisation_id: int, contact_name: str, contact_phone: str, address: str = ""
) -> Organisation:
    """Who is to be asked, where, and under which number; it is printed on letters and receipts."""
    organisation = editable(actor, organisation_id, *CONTACT_EDITORS)
    check_open(organisation)
    contact = {
        "contact_name": check_length(contact_name.strip(), MOST_CONTACT),
        "contact_phone": legible(kept_phone(contact_phone)),
        "address": check_length(address.strip(), 200),
    }
    if all(getattr(organisation, column) == value for column, value in contact.items()):
        return organisation
    keep_periods(Organisation.objects.filter(pk=organisation.pk))
    for column, value in contact.items():
        setattr(organisation, column, value)
    organisation.save(update_fields=list(contact))
    _tell(actor, "organisation.contact-set", organisation, name=organisation.contact_name)
    return organisation


@command
def close(actor: Actor, *, organisation_id: int) -> Organisation:
    """End an organisation, never delete it: what happened there stays readable.

    Refuses while open organisations hang below it, or something else stands in the way.
    """
    organisation = editable(actor, organisation_id)
    if organisation.closed_at is not None:
        raise Refused(
            "organisation.closed", gettext_noop("%(name)s is already closed."), name=organisation
        )
    check_empty(organisation)
    end_here(actor, organisation)
    _tell(actor, "organisation.closed", organisation, name=organisation.name)
    return organisation


@command
def reopen(actor: Actor, *, organisation_id: int) -> Organisation:
    """Take back a closing; refuses below a closed parent, and where another took over."""
    organisation = editable(actor, organisation_id)
    if organisation.closed_at is None:
        return organisation
    if organisation.successors.exists():
        raise Refused(
            "organisation.taken-over",
            gettext_noop(
                "%(name)s was taken over by another and stays closed. Undo that reorganisation, or "
                "add a new organisation."
            ),
            name=organisation.name,
        )
    if organisation.parent is not None:
        check_holds(organisation.parent)
        check_name_free(organisation.parent, Kind(organisation.kind), organisation.name)
    keep_periods(Organisation.objects.filter(pk=organisation.pk))
    organisation.closed_at = None
    organisation.save(update_fields=["closed_at"])
    _tell(actor, "organisation.reopened", organisation, name=organisation.name)
    return organisation


def check_empty(organisation: Organisation) -> None:
    """Refuse to close what has open organisations below it."""
    count = Organisation.objects.filter(parent=organisation, closed_at=None).count()
    if count:
        raise Refused(
            "organisation.not-empty",
            gettext_noop("%(name)s still has %(count)s below it; close or move those first."),
            name=organisation.name,
            count=count,
        )


def end_here(actor: Actor, organisation: Organisation) -> Changes:
    """Close a locked organisation, after every slice has seen to what hangs on it; returns the undo
    list of what became of that."""
    plan = plan_of(organisation, Aim(Reform.DISSOLVED))
    changes = Changes(plan.at)
    hand_over(actor, plan, changes)
    organisation.closed_at = plan.at
    organisation.save(update_fields=["closed_at"])
    return changes


def put_name(organisation: Organisation, name: str) -> None:
    """Write another name; what it was called until now is kept."""
    keep_periods(Organisation.objects.filter(pk=organisation.pk))
    organisation.name, organisation.pinyin = name, pinyin_of(name)
    organisation.save(update_fields=["name", "pinyin"])


def parent_for(actor: Actor, organisation: Organisation, parent_id: int) -> Organisation:
    """The organisation below which another may be moved, locked; raises `Absent`."""
    parent = Organisation.objects.select_for_update().filter(pk=parent_id).first()
    if parent is None or not _may_edit(actor, Kind(organisation.kind), parent.path):
        raise Absent("organisation")
    return parent


def rehang(organisation: Organisation, parent: Organisation | None, code: str) -> None:
    """New parent, code and path of a row, and the paths of all below it, in one statement."""
    old, new = organisation.path, path_of(parent.path if parent else "", code)
    keep_periods(Organisation.objects.filter(path__startswith=old))
    organisation.parent, organisation.code, organisation.path = parent, code, new
    below = Organisation.objects.filter(path__startswith=old).exclude(pk=organisation.pk)
    organisation.save(update_fields=["parent", "code", "path"])
    below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))


def editable(actor: Actor, organisation_id: int, *others: Permission) -> Organisation:
    """The organisation, locked, if the actor may edit its kind there; else `Absent`."""
    rows: QuerySet[Organisation] = Organisation.objects.select_related("parent")
    organisation = lock(rows, organisation_id)
    kept = any(actor.may(permission, organisation.path) for permission in others)
    if not kept and not _may_edit(actor, Kind(organisation.kind), organisation.path):
        raise Absent("organisation")
    return organisation


def _may_edit(actor: Actor, kind: Kind, path: str) -> bool:
    return any(actor.may(permission, path) for permission in editors_of(kind))


def _check_code_free(code: str) -> None:
    taken = Organisation.objects.filter(code=code).first()
    if taken is not None:
        raise Refused(
            "organisation.code-taken",
            gettext_noop("The code %(division)s belongs to %(name)s; choose another."),
            division=code,
            name=taken.name,
        )


def _codes(kind: Kind, parent: Organisation) -> Iterable[str]:
    """The codes after which the next one of this kind below `parent` comes; refused for a place,
    whose code stands in the national table."""
    if kind is Kind.UNIT:
        return Organisation.objects.filter(kind=Kind.UNIT).values_list("code", flat=True)
    if kind in (Kind.BRANCH, Kind.GRID, Kind.TEAM):
        return Organisation.objects.filter(parent=parent).values_list("code", flat=True)
    raise Refused(
        "organisation.code-missing",
        gettext_noop("A place needs its 12-digit division code."),
    )


def _tell(actor: Actor, verb: str, organisation: Organisation, **facts: journal.Fact) -> None:
    journal.write(actor, verb, about(organisation.pk), organisation.pk, **facts)
