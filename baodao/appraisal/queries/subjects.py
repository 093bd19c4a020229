"""What drafts are made of: who was here in a period, and what their records come to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext, override

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.shares import shares_of
from baodao.appraisal.rules.ticks import CountedRecord, facts_in_words
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.ledger.queries.records import standing_of
from baodao.orgs.models import Organisation
from baodao.people.models import Membership
from baodao.people.queries.members import current, unit_of
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import accepted_in
from baodao.registration.rules.states import State


@dataclass(frozen=True)
class CardPeriod:
    """The days a card is about, both included."""

    since: date
    until: date


@dataclass(frozen=True)
class Subject:
    """Somebody a card may be about: the registration that brought them here, and where they are
    now. Who has left the roster keeps the branch of the registration. `community` is the one that
    writes the card: it may have taken over from the one of the registration."""

    registration: Registration
    membership: Membership | None
    community: Organisation

    @property
    def person_id(self) -> UUID:
        return self.registration.person_id

    @property
    def branch(self) -> Organisation:
        return self.membership.branch if self.membership else self.registration.branch

    @property
    def facts(self) -> dict[str, str]:
        """What the paper says of person and organisations; codes and ISO days."""
        person, registration = self.registration.person, self.registration
        accepted_at = registration.accepted_at
        return {
            "name": person.name,
            "sex": person.sex,
            "born_on": person.born_on.isoformat(),
            "joined_on": person.joined_on.isoformat() if person.joined_on else "",
            "grade": self.membership.grade if self.membership else "",
            "position": person.position,
            "unit": unit_of(self.branch).name,
            "branch": self.branch.name,
            "community": self.community.name,
            "accepted_on": clock.local(accepted_at).date().isoformat() if accepted_at else "",
        }


def year_of(year: int) -> CardPeriod:
    """A calendar year."""
    return CardPeriod(date(year, 1, 1), date(year, 12, 31))


def subjects(
    actor: Actor,
    community: Organisation,
    period: CardPeriod,
    persons: Collection[UUID] | None = None,
) -> dict[UUID, Subject]:
    """Everybody registered in `community`, or in one that it took over from, at some time of
    `period`, by person.

    Of several registrations the one that holds counts, else the last: "ended" stands before
    "accepted" in the order below. `persons` narrows it.
    """
    rows = accepted_in(actor, community).filter(accepted_at__lt=clock.end_of(period.until))
    rows = rows.exclude(state=State.ENDED, ended_on__lt=period.since)
    if persons is not None:
        rows = rows.filter(person__in=persons)
    latest = {row.person_id: row for row in rows.order_by("-state", "accepted_at", "pk")}
    members = {row.person_id: row for row in current().filter(person__in=latest)}
    return {person: Subject(row, members.get(person), community) for person, row in latest.items()}


def services_of(cards: Collection[FeedbackCard]) -> dict[UUID, list[CountedRecord]]:
    """By card the records of its share, of cards that were read at one instant for one period."""
    services: dict[UUID, list[CountedRecord]] = {card.pk: [] for card in cards}
    if not cards:
        return services
    first, shares = next(iter(cards)), shares_of(cards)
    of_person: defaultdict[UUID, list[FeedbackCard]] = defaultdict(list)
    for card in cards:
        of_person[card.person_id].append(card)
    places = frozenset[int]().union(*(share.communities for share in shares.values()))
    rows = standing_of(of_person, places, first.since, first.until, first.as_of)
    columns = ("person", "community", "served_on", "category", "way", "minutes")
    for person, community, day, *record in rows.values_list(*columns):
        for card in of_person[person]:
            if shares[card.pk].has(community, day):
                services[card.pk].append(CountedRecord(*record))
    return services


def suggestions(cards: Sequence[FeedbackCard]) -> dict[UUID, str]:
    """For each card its records in a Chinese sentence, as they stood when the card was read."""
    sentences: dict[UUID, str] = {}
    with override("zh-hans"):
        for together in _alike(cards):
            served = services_of(together)
            words = {code: gettext(word) for code, word in together[0].kind_options}
            sentences |= {card.pk: facts_in_words(served[card.pk], words) for card in together}
    return sentences


def _alike(cards: Iterable[FeedbackCard]) -> Iterable[list[FeedbackCard]]:
    """Cards of one community that were read at one instant for one period."""
    groups: defaultdict[tuple[object, ...], list[FeedbackCard]] = defaultdict(list)
    for card in cards:
        groups[card.community_id, card.since, card.until, card.as_of].append(card)
    return groups.values()
