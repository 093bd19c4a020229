"""One organisation at a time: added, renamed, moved, closed; its contact."""

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Substr

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.orgs.models import Organisation
from baodao.orgs.rules import (
    Kind,
    about,
    check_code,
    check_name,
    check_parent,
    editors_of,
    next_code,
    path_of,
)
from baodao.orgs.rules.pinyin import pinyin_of

MOST_CONTACT = 60


@command
def create(
    actor: Actor, *, kind: Kind, name: str, parent_id: int, code: str | None = None
) -> Organisation:
    """Add an organisation below another; without a code it gets the next one there.

    Refuses a parent that cannot hold this kind or is closed, a code or name taken.
    """
    parent = Organisation.objects.select_for_update().filter(pk=parent_id).first()
    if parent is None or not _may_edit(actor, kind, parent.path):
        raise Absent("organisation")
    check_parent(kind, Kind(parent.kind))
    _check_open(parent)
    name = check_name(name)
    _check_name_free(parent, kind, name)
    code = check_code(code) if code else _next_code(kind, parent)
    _check_code_free(code)
    made = Organisation.objects.create(
        kind=kind,
        name=name,
        pinyin=pinyin_of(name),
        parent=parent,
        code=code,
        path=path_of(parent.path, code),
        opened_at=clock.now(),
    )
    _tell(actor, "organisation.created", made, name=name, code=code, kind=kind.value)
    return made


@command
def rename(actor: Actor, *, organisation_id: int, name: str) -> Organisation:
    """Give an organisation another name; papers and facts of before keep theirs."""
    held = _editable(actor, organisation_id)
    name = check_name(name)
    if name == held.name:
        return held
    if held.parent is not None:
        _check_name_free(held.parent, Kind(held.kind), name)
    before = held.name
    held.name, held.pinyin = name, pinyin_of(name)
    held.save(update_fields=["name", "pinyin"])
    _tell(actor, "organisation.renamed", held, before=before, name=name)
    return held


@command
def set_contact(
    actor: Actor, *, organisation_id: int, contact_name: str, contact_phone: str, address: str = ""
) -> Organisation:
    """Who is to be asked, where, and under which number; it is printed on letters and receipts."""
    held = _editable(actor, organisation_id, Permission.ROSTER_IMPORT, Permission.SETTING_EDIT)
    held.contact_name = contact_name.strip()[:MOST_CONTACT]
    held.contact_phone = contact_phone.strip()[:40]
    held.address = address.strip()[:200]
    held.save(update_fields=["contact_name", "contact_phone", "address"])
    _tell(actor, "organisation.contact-set", held, name=held.contact_name)
    return held


@command
def move(actor: Actor, *, organisation_id: int, parent_id: int) -> Organisation:
    """Hang an organisation, with all below it, under another parent."""
    held = _editable(actor, organisation_id)
    parent = Organisation.objects.select_for_update().filter(pk=parent_id).first()
    if parent is None or not _may_edit(actor, Kind(held.kind), parent.path):
        raise Absent("organisation")
    check_parent(Kind(held.kind), Kind(parent.kind))
    _check_open(parent)
    if parent.pk == held.parent_id:
        return held
    _check_name_free(parent, Kind(held.kind), held.name)
    before = held.parent.code if held.parent else ""
    rehang(held, parent, held.code)
    _tell(actor, "organisation.moved", held, before=before, to=parent.code)
    return held


@command
def close(actor: Actor, *, organisation_id: int) -> Organisation:
    """End an organisation, never delete it: what happened there stays readable.

    Refuses while open organisations hang below it.
    """
    held = _editable(actor, organisation_id)
    if held.closed_at is not None:
        raise Refused("organisation.closed", gettext_noop("%(name)s is already closed."), name=held)
    check_empty(held)
    held.closed_at = clock.now()
    held.save(update_fields=["closed_at"])
    _tell(actor, "organisation.closed", held, name=held.name)
    return held


@command
def reopen(actor: Actor, *, organisation_id: int) -> Organisation:
    """Take back a closing; refuses below a closed parent."""
    held = _editable(actor, organisation_id)
    if held.closed_at is None:
        return held
    if held.parent is not None:
        _check_open(held.parent)
        _check_name_free(held.parent, Kind(held.kind), held.name)
    held.closed_at = None
    held.save(update_fields=["closed_at"])
    _tell(actor, "organisation.reopened", held, name=held.name)
    return held


def check_empty(held: Organisation) -> None:
    """Refuse to close what has open organisations below it."""
    count = Organisation.objects.filter(parent=held, closed_at=None).count()
    if count:
        raise Refused(
            "organisation.not-empty",
            gettext_noop("%(name)s still has %(count)s below it; close or move those first."),
            name=held.name,
            count=count,
        )


def rehang(held: Organisation, parent: Organisation | None, code: str) -> None:
    """New parent, code and path of a row, and the paths of all below it, in one statement."""
    old, new = held.path, path_of(parent.path if parent else "", code)
    held.parent, held.code, held.path = parent, code, new
    below = Organisation.objects.filter(path__startswith=old).exclude(pk=held.pk)
    held.save(update_fields=["parent", "code", "path"])
    below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))


def _editable(actor: Actor, organisation_id: int, *others: Permission) -> Organisation:
    """The organisation, locked, if the actor may edit its kind there; else `Absent`."""
    rows: QuerySet[Organisation] = Organisation.objects.select_related("parent")
    held = lock(rows, organisation_id)
    kept = any(actor.may(permission, held.path) for permission in others)
    if not kept and not _may_edit(actor, Kind(held.kind), held.path):
        raise Absent("organisation")
    return held


def _may_edit(actor: Actor, kind: Kind, path: str) -> bool:
    return any(actor.may(permission, path) for permission in editors_of(kind))


def _check_open(parent: Organisation) -> None:
    if parent.closed_at is not None:
        raise Refused(
            "organisation.parent-closed",
            gettext_noop("%(name)s is closed; nothing can be added below it."),
            name=parent.name,
        )


def _check_name_free(parent: Organisation, kind: Kind, name: str) -> None:
    taken = Organisation.objects.filter(parent=parent, kind=kind, name=name, closed_at=None)
    if taken.exists():
        raise Refused(
            "organisation.name-taken",
            gettext_noop("%(parent)s already has a %(name)s; choose another name."),
            parent=parent.name,
            name=name,
        )


def _check_code_free(code: str) -> None:
    taken = Organisation.objects.filter(code=code).first()
    if taken is not None:
        raise Refused(
            "organisation.code-taken",
            gettext_noop("The code %(division)s belongs to %(name)s; choose another."),
            division=code,
            name=taken.name,
        )


def _next_code(kind: Kind, parent: Organisation) -> str:
    if kind is Kind.UNIT:
        taken = Organisation.objects.filter(kind=Kind.UNIT).values_list("code", flat=True)
    elif kind in (Kind.BRANCH, Kind.GRID, Kind.TEAM):
        taken = Organisation.objects.filter(parent=parent).values_list("code", flat=True)
    else:
        raise Refused(
            "organisation.code-missing",
            gettext_noop("A place needs its 12-digit division code."),
        )
    return next_code(kind, parent.code, taken)


def _tell(actor: Actor, verb: str, organisation: Organisation, **facts: journal.Fact) -> None:
    journal.write(actor, verb, about(organisation.pk), organisation.pk, **facts)
