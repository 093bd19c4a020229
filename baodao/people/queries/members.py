"""Current memberships and the persons in them, for the slices above."""

import hmac
from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Length

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared, Several, among
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations_anywhere
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership, Person
from baodao.people.rules.departures import Ending


def numbers_of(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The volunteer numbers of these persons, for the journal."""
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "number"))


def current() -> QuerySet[Membership]:
    """Everybody's present membership, with person, branch and unit."""
    rows = Membership.objects.filter(closed_at=None)
    return rows.select_related("person", "branch__parent")


def ever() -> QuerySet[Membership]:
    """Everybody's memberships of all times. Those of a roster that was undone never were."""
    return Membership.objects.exclude(ending=Ending.UNDONE)


def recorded_memberships() -> QuerySet[Membership]:
    """Every membership that was ever recorded, also those of a roster that was undone."""
    return Membership.objects.all()


def memberships(actor: Actor, permission: Permission) -> QuerySet[Membership]:
    """Present memberships in branches on which the actor holds `permission`."""
    return within(current(), actor, permission, "branch__path")


def membership_periods(actor: Actor, permission: Permission) -> QuerySet[Membership]:
    """Memberships of all times, in branches on which the actor holds `permission`."""
    return within(Membership.objects.all(), actor, permission, "branch__path")


def last_memberships(actor: Actor, permission: Permission) -> QuerySet[Membership]:
    """The last membership of everybody, present or over, where it is in such a branch."""
    later = ever().filter(person=OuterRef("person"), recorded_at__gt=OuterRef("recorded_at"))
    return within(ever(), actor, permission, "branch__path").filter(~Exists(later))


def last_membership(person_id: UUID) -> Membership:
    """Where somebody who was a member once belongs, or did last, for whoever may know it."""
    rows = Membership.objects.select_related("person", "branch__parent")
    return rows.filter(person=person_id).latest("recorded_at")


def memberships_of(organisation: Organisation) -> QuerySet[Membership]:
    """Present memberships below an organisation the caller may see."""
    return current().filter(branch__path__startswith=organisation.path)


def belonged(organisation: Organisation) -> QuerySet[Membership]:
    """Every membership below an organisation the caller may see, past ones too."""
    return ever().filter(branch__path__startswith=organisation.path)


def own_membership(actor: Actor) -> Membership | None:
    """The actor's own present membership, if they are a member."""
    return _OWN.first(actor)


_OWN = Prepared(lambda actor: own(current(), actor).order_by("pk")[:1])


def own_memberships(actor: Actor) -> QuerySet[Membership]:
    """Every membership of the actor, the present one first."""
    rows = Membership.objects.select_related("person__home_community", "branch__parent")
    return own(rows, actor).order_by("-recorded_at")


def numbered(numbers: Collection[str]) -> dict[str, UUID]:
    """Who has these volunteer numbers, which people tell whom they choose, of all who are members
    or once were; raises `Absent` for one that nobody has. What may be done with them, and of which
    day, the caller's command checks."""
    return _all_of(ever(), numbers)


def _all_of(rows: QuerySet[Membership], numbers: Collection[str]) -> dict[str, UUID]:
    """The persons of these rows by each of the numbers, of who was entered twice by both of
    theirs; raises `Absent` when one is none."""
    typed = Person.objects.filter(number__in=set(numbers))
    persons = dict(typed.values_list("number", Coalesce("merged_into", "pk")))
    theirs = set(rows.filter(person__in=persons.values()).values_list("person", flat=True))
    if len(persons) != len(set(numbers)) or not theirs.issuperset(persons.values()):
        raise Absent("member")
    return persons


def known_numbers(numbers: Collection[str]) -> dict[str, UUID]:
    """Who has these volunteer numbers, of all who are members or once were; the others are left
    out."""
    belonging = Exists(ever().filter(person=OuterRef("pk")))
    rows = Person.objects.filter(belonging, number__in=set(numbers))
    return dict(rows.values_list("number", Coalesce("merged_into", "pk")).distinct())


def known_persons(numbers: Collection[str]) -> dict[str, Person]:
    """The persons with these volunteer numbers, members or once members; the others are left out.
    How much of them is seen the caller decides."""
    ids = known_numbers(numbers)
    persons = Person.objects.in_bulk(set(ids.values()))
    return {number: persons[person_id] for number, person_id in ids.items()}


def person_numbered(number: str) -> Person | None:
    """Whose volunteer number this is, member or not; None of who was entered twice and goes on as
    another. What may be done with them the caller checks."""
    return Person.objects.filter(number=number.strip().upper(), merged_into=None).first()


def persons_of(ids: Collection[UUID]) -> QuerySet[Person]:
    """The persons with these ids, whom the caller may see."""
    return Person.objects.filter(pk__in=ids)


def names_of(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """What these persons are called, members or not; the caller may see them."""
    rows = Person.objects.filter(pk__in=person_ids)
    return dict(rows.values_list("pk", "name"))


def changed_since(person_ids: Collection[UUID], at: datetime) -> set[UUID]:
    """Those of these persons of whom a fact or a membership was changed after an instant."""
    moved = Q(recorded_at__gt=at) | Q(closed_at__gt=at)
    rows = Membership.objects.filter(moved, person__in=person_ids)
    changed = Person.objects.filter(pk__in=person_ids, changed_at__gt=at)
    return {*rows.values_list("person", flat=True), *changed.values_list("pk", flat=True)}


def entries_of(person_ids: Collection[UUID]) -> list[UUID]:
    """These persons, and whoever was entered twice and goes on as one of them."""
    return entries_question(person_ids).answer() if person_ids else []


def entries_question(person_ids: Collection[UUID]) -> Question[list[UUID]]:
    """To ask for the `entries_of` these persons."""
    twice = _TWICE.question(Several(person_ids))
    return twice.then(lambda others: [*person_ids, *others])


def lock_persons(person_ids: Collection[UUID]) -> None:
    """Hold these persons until the transaction ends: whoever opens something for one waits here.

    Who holds a person holds all rows of their memberships, of which everybody has one for ever: on
    a cluster a lock on persons, of which each node has them all, would be one on the whole table.
    Taken in the order of these rows' ids, before any other row; inserting rows that point at the
    persons goes on.
    """
    if person_ids:
        lock_question(person_ids).answer()


def lock_question(person_ids: Collection[UUID]) -> Question[Any]:
    """What `lock_persons` asks, to be asked before other questions of the same trip, each of which
    sees what is there once the persons are held."""
    return _LOCKED.question(Several(person_ids))


def lock_free_persons(person_ids: Collection[UUID]) -> set[UUID]:
    """Hold, until the transaction ends, those of these persons whom nobody else holds now; returned
    are who is held. Waits for nobody, so that it may come after other locks."""
    rows = _locking(person_ids).select_for_update(no_key=True, skip_locked=True)
    locks = Counter(rows.values_list("person", flat=True))
    every = Counter(_periods_of(person_ids).values_list("person", flat=True))
    return {person_id for person_id, count in every.items() if locks[person_id] == count}


def locked_persons(person_ids: Collection[UUID]) -> list[Person]:
    """These persons, held as by `lock_persons`, as they are then; their own rows are held too, for
    who writes them."""
    lock_persons(person_ids)
    rows = Person.objects.filter(among("pk", person_ids)).order_by("pk")
    return list(rows.select_for_update(no_key=True))


def locked_person(person_id: UUID) -> Person:
    """One of them; raises `Absent` for nobody."""
    for person in locked_persons([person_id]):
        return person
    raise Absent("person")


def _periods_of(person_ids: Collection[UUID]) -> QuerySet[Membership]:
    return Membership.objects.filter(among("person", person_ids))


def _locking(person_ids: Collection[UUID]) -> QuerySet[Membership]:
    return _periods_of(person_ids).order_by("pk").select_for_update(no_key=True)


_LOCKED = Prepared(lambda person_ids: _locking(person_ids).values_list("pk"))
_TWICE = Prepared(
    lambda person_ids: Person.objects.filter(among("merged_into", person_ids)).values_list(
        "pk", flat=True
    )
)


def proves(person: Person, tail: str) -> bool:
    """Whether the identity number of `person` ends with `tail`."""
    return hmac.compare_digest(person.id_number[-len(tail) :].encode(), tail.encode())


def unit_of(branch: Organisation) -> Organisation:
    """The unit a membership belongs to; small units have members without branches. A branch that
    was merged hangs below the one that took over."""
    row = branch
    while row.kind == Kind.BRANCH and row.parent is not None:
        row = row.parent
    return row


def unit_column(branch: str, column: str) -> Case:
    """In a query what `unit_of` tells of the branch in a column: this column of its unit."""
    path = OuterRef(f"{branch}__path")
    codes = Func(path, Value("."), template="ANY (string_to_array(%(expressions)s))")
    on_path = Func(
        F("code"),
        codes,
        template="%(expressions)s",
        arg_joiner=" = ",
        output_field=BooleanField(),
    )
    above = organisations_anywhere().filter(on_path, kind=Kind.UNIT)
    nearest = above.order_by(Length("path").desc()).values(column)[:1]
    merged = Q(**{f"{branch}__kind": Kind.BRANCH, f"{branch}__parent__kind": Kind.BRANCH})
    below = Q(**{f"{branch}__kind": Kind.BRANCH, f"{branch}__parent__isnull": False})
    return Case(
        When(merged, then=Subquery(nearest)),
        When(below, then=f"{branch}__parent__{column}"),
        default=f"{branch}__{column}",
    )


def with_belonging(
    rows: QuerySet[Any], person: str = "person", branch: str = "branch"
) -> QuerySet[Any]:
    """Each row says in `unit_key`, `unit_name` and `branch_name` where the person in a column
    belongs now; of who is a member no longer, where the branch in a column lies."""
    now = Membership.objects.filter(person=OuterRef(person), closed_at=None)
    columns: dict[str, Any] = {
        name: Coalesce(
            Subquery(now.annotate(unit=unit_column("branch", column)).values("unit")[:1]),
            unit_column(branch, column),
        )
        for name, column in (("unit_key", "pk"), ("unit_name", "name"))
    }
    columns["branch_name"] = Coalesce(
        Subquery(now.values("branch__name")[:1]), F(f"{branch}__name")
    )
    belonging: QuerySet[Any] = rows.annotate(**columns)
    return belonging


def present_units(person_ids: Collection[UUID]) -> dict[UUID, Organisation]:
    """The unit of each of these persons who is a member of one now."""
    rows = current().filter(person__in=person_ids)
    return {row.person_id: unit_of(row.branch) for row in rows}


def members_numbered(
    actor: Actor, permission: Permission, numbers: Collection[str]
) -> dict[str, UUID]:
    """The persons with these volunteer numbers, by number, of the members in scope; raises
    `Absent` when one of them is none."""
    return _all_of(memberships(actor, permission), numbers)


def member_of(actor: Actor, permission: Permission, person_id: UUID) -> Membership:
    """The present membership of one person in scope; raises `Absent`."""
    membership = memberships(actor, permission).filter(person=person_id).first()
    if membership is None:
        raise Absent("member")
    return membership
