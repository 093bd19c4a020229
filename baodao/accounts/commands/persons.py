"""What becomes of the account and the contacts of somebody who departed or was entered twice."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from baodao.accounts.models import Account
from baodao.accounts.queries import places_without, standing_grants
from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.orgs.commands.contacts import EndedContact, end_contacts, name_again
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations_anywhere
from baodao.people.queries.members import current, names_of
from baodao.people.rules.departures import Departure, Ending, Obstacles

Json = dict[str, Any]


class AccountsMerge:
    """The account follows; where both have one, that of the mistaken entry is stopped, and named
    nowhere any more where the other holds nothing."""

    key = "accounts"

    def hand_over(self, actor: Actor, kept: UUID, gone: UUID) -> Json:
        rows = Account.objects.filter(person=gone)
        if Account.objects.filter(person=kept).exists():
            active = list(rows.filter(is_active=True))
            rows.update(is_active=False)
            contacts = [one for row in active for one in _end_contacts_of(actor, row)]
            return {"stopped": [str(row.pk) for row in active], "contacts": contacts}
        moved = list(rows.values_list("pk", flat=True))
        rows.update(person=kept)
        return {"moved": [str(pk) for pk in moved]}

    def hand_back(self, actor: Actor, kept: UUID, gone: UUID, notes: Json) -> None:  # noqa: ARG002 - a step's shape
        Account.objects.filter(pk__in=notes.get("moved", [])).update(person=gone)
        Account.objects.filter(pk__in=notes.get("stopped", [])).update(is_active=True)
        name_again(actor, contacts=_contacts_in(notes))


class AccountsOfDeparted:
    """The accounts of who died are stopped, and their tokens with them; who departed is the contact
    of what they belonged to no longer, unless they hold a role there."""

    key = "accounts"

    def let_go(self, actor: Actor, departures: Sequence[Departure]) -> Json:
        places = {one.person_id: one.branch_id for one in departures if one.ending is Ending.DIED}
        rows = Account.objects.filter(person__in=places, is_active=True).order_by("pk")
        accounts = list(rows.select_for_update(no_key=True))
        _start(actor, accounts, places, active=False)
        contacts = [one for row in accounts for one in _end_contacts_of(actor, row)]
        contacts += _end_contacts_at(actor, departures)
        if not (accounts or contacts):
            return {}
        stopped = {str(row.pk): places[row.person_id] for row in accounts if row.person_id}
        return {"stopped": stopped, "contacts": contacts}

    def obstacles(self, marks: Json) -> Obstacles:  # noqa: ARG002 - a step's shape
        """Whoever was started or named meanwhile stays so."""
        return {}

    def take_back(self, actor: Actor, marks: Json) -> None:
        rows = Account.objects.filter(pk__in=marks["stopped"], is_active=False).order_by("pk")
        accounts = list(rows.select_for_update(no_key=True))
        places = {row.person_id: marks["stopped"][str(row.pk)] for row in accounts if row.person_id}
        _start(actor, accounts, places, active=True)
        name_again(actor, contacts=_contacts_in(marks))


def _start(
    actor: Actor, accounts: Collection[Account], places: Mapping[UUID, int], *, active: bool
) -> None:
    """Stop accounts of who died, or start them again."""
    Account.objects.filter(pk__in=[row.pk for row in accounts]).update(is_active=active)
    verb, why = ("account.started", Ending.UNDONE) if active else ("account.stopped", Ending.DIED)
    acts = [
        journal.Act(verb, row.pk, places[row.person_id], {"reason": why.words})
        for row in accounts
        if row.person_id is not None
    ]
    journal.write_many(actor, acts)


def _end_contacts_of(actor: Actor, account: Account) -> list[EndedContact]:
    """Let nobody name a stopped account where it held a role."""
    grants = standing_grants().filter(account=account)
    places = places_without(account.name, set(grants.values_list("organisation", flat=True)))
    return end_contacts(actor, name=account.name, organisation_ids=places)


def _end_contacts_at(actor: Actor, departures: Sequence[Departure]) -> list[EndedContact]:
    """Let nobody name who departed as the contact of the branch and the unit left."""
    names = names_of([one.person_id for one in departures])
    left: defaultdict[str, set[int]] = defaultdict(set)
    for one in departures:
        left[names[one.person_id]].add(one.branch_id)
    ended: list[EndedContact] = []
    for place, name in _contacts_above(left):
        namesakes = current().filter(person__name=name, branch__path__startswith=place.path)
        if places_without(name, [place.pk]) and not namesakes.exists():
            ended += end_contacts(actor, name=name, organisation_ids=[place.pk])
    return ended


def _contacts_above(left: Mapping[str, Collection[int]]) -> Iterable[tuple[Organisation, str]]:
    """The branches that people of these names have left, and the units of these branches, that name
    them as their contact."""
    branch_ids = {one for branches in left.values() for one in branches}
    rows = organisations_anywhere().filter(pk__in=branch_ids)
    above = {row.pk: {row.pk, row.parent_id} for row in rows}
    places = {one for pair in above.values() for one in pair if one is not None}
    for place in organisations_anywhere().filter(pk__in=places, contact_name__in=left):
        name = place.contact_name
        if any(place.pk in above[branch] for branch in left[name]):
            yield place, name


def _contacts_in(notes: Json) -> list[EndedContact]:
    return [EndedContact(*one) for one in notes.get("contacts", ())]
