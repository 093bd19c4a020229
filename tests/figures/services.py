"""A past of services, needs, offers and claims told at random, and a slow count of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.moments import AsOf, Period
from baodao.ledger.commands.records import Confirmed, append, chain
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Entry, Origin
from baodao.needs.commands.needs import close_need, merge, reopen, screen
from baodao.needs.commands.requests import collect
from baodao.needs.models import Need, NeedStage
from baodao.needs.rules.requests import NeedFacts
from baodao.offers.commands.answers import match_offer
from baodao.offers.models import Answer, Offer
from baodao.orgs.models import Organisation
from baodao.people.models import Membership
from baodao.registration.models import Registration
from baodao.tallies.commands import tally_records
from baodao.tallies.queries import behind
from tests.figures.histories import (
    ACTS,
    CLERK,
    History,
    below_then,
    change,
    letters,
    receive,
    submit,
)
from tests.offers.steps import kept
from tests.orgs.steps import move

ON_THE_LIST = Confirmed(Origin.LIST, "安静")


def serve(history: History) -> None:
    """Some people served in one community, within the last weeks, as it was known that day."""
    dice = history.dice
    entries = [
        Entry(
            person.pk,
            history.now.date() - timedelta(days=dice.choice([0, 0, 1, 3, 20, 45])),
            dice.randint(20, 200),
            dice.choice(["environment", "policy", "other"]),
            dice.choice(["post", "activity"]),
        )
        for person in dice.sample(history.people, 4)
    ]
    append(CLERK, entries={dice.choice(history.communities): entries}, confirmed=ON_THE_LIST)


def undo(history: History) -> None:
    """A record is reversed, perhaps long after."""
    undone = ServiceRecord.objects.exclude(reverses=None).values_list("reverses", flat=True)
    standing = list(ServiceRecord.objects.filter(reverses=None).exclude(id__in=undone))
    if standing:
        reverse(history.dice.choice(sorted(standing, key=lambda row: row.id)))


def reverse(record: ServiceRecord) -> ServiceRecord:
    """The row that takes a record back: the same in all but what says so."""
    fields = {
        field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields
    }
    for name in ("pk", "id", "seq", "hash", "recorded_at"):
        fields.pop(name, None)
    taken_back = ServiceRecord(
        **fields | {"minutes": -record.minutes, "reverses": record.id, "reason": "登记有误"}
    )
    with transaction.atomic():
        chain(CLERK, [taken_back])
    return taken_back


def tally(history: History) -> None:
    """The worker comes by, and does not get far."""
    some = behind()[:2]
    for _ in some:
        tally_records(NOBODY, community_ids=some, batch=history.dice.randint(1, 4))


def ask(history: History) -> None:
    community = history.dice.choice(history.communities)
    facts = NeedFacts("老人需要修水管", "relief", asker="吴大爷")
    collect(CLERK, community_id=community.pk, facts=facts)


def help_begins(history: History) -> None:
    for need in _needs_in("collected", "screened")[:1]:
        offer = Offer.objects.filter(community=need.community, state="published").first()
        if offer is None:
            screen(CLERK, need_id=need.pk, category=need.category, urgency=need.urgency)
        else:
            match_offer(CLERK, need_id=need.pk, offer_id=offer.pk)


def help_ends(history: History) -> None:
    for need in _needs_in("collected", "screened", "open")[-1:]:
        met = need.state == "open" and history.dice.random() < 0.7
        close_need(CLERK, need_id=need.pk, met=met, reason="没有合适的人手")


def look_again(history: History) -> None:
    """A closed need is looked after again."""
    for need in _needs_in("met", "unmet")[:1]:
        reopen(CLERK, need_id=need.pk)


def join_needs(history: History) -> None:
    """Two needs of one community ask the same."""
    for need in _needs_in("collected", "screened")[-1:]:
        others = [row for row in _needs_in("open") if row.community_id == need.community_id]
        for other in others[:1]:
            merge(CLERK, need_id=need.pk, into_id=other.pk)


def _needs_in(*states: str) -> list[Need]:
    return list(Need.objects.filter(state__in=states).order_by("collected_at", "pk"))


def publish(history: History) -> None:
    place = history.dice.choice(history.communities)
    kind = history.dice.choice(["post", "activity"])
    hours = {"starts_at": history.now, "ends_at": history.now + timedelta(hours=2)}
    Offer.objects.create(
        community=place,
        organiser=place,
        kind=kind,
        title="楼道清扫岗",
        category="environment",
        places=9,
        state="published",
        published_at=history.now,
        created_by="安静",
        **hours if kind == "activity" else {},
    )


def claim(history: History) -> None:
    offers = list(Offer.objects.order_by("created_at", "pk"))
    offer = history.dice.choice(offers) if offers else None
    person = history.dice.choice(history.people)
    member = Membership.objects.filter(person=person, closed_at=None).first()
    if offer is None or member is None or Claim.objects.filter(offer=offer, person=person).exists():
        return
    seated = history.dice.random() < 0.7
    kept(
        offer,
        person,
        member.branch,
        state="active" if seated else "applied",
        claimed_at=history.now,
        seated_at=history.now if seated else None,
    )


def leave(history: History) -> None:
    for held in Claim.objects.filter(ended_at=None).order_by("claimed_at")[:1]:
        held.state, held.ended_at = "left", history.now
        held.save()


def rehang(history: History) -> None:
    """A unit, with its branches and what they did, comes under another authority."""
    world = history.world
    world.small.refresh_from_db()
    others = [world.east, world.north_street, world.city]
    above = history.dice.choice([one for one in others if one.pk != world.small.parent_id])
    move(CLERK, organisation_id=world.small.pk, parent_id=above.pk)
    for place in world.places.values():
        place.refresh_from_db()


DEEDS: dict[Callable[[History], None], int] = {
    **{act: ACTS[act] for act in (letters, submit, receive, change)},
    serve: 30,
    undo: 8,
    tally: 6,
    ask: 8,
    help_begins: 4,
    help_ends: 4,
    look_again: 3,
    join_needs: 2,
    publish: 5,
    claim: 12,
    leave: 3,
    rehang: 2,
}


def tally_all() -> None:
    """The worker, until nothing is left."""
    while tally_records(NOBODY, community_ids=behind()):
        continue


def slow_services(place: Organisation, as_of: AsOf, period: Period) -> dict[str, int]:
    """Every figure of service of one organisation, one record and one person at a time."""
    stood = _standing(as_of, period)
    within = below_then(place, as_of.instant)
    done = [row for row in stood if row.branch_id in within]
    here = [row for row in stood if row.community_id in within]
    who = {row.person_id for row in stood}
    held = Membership.objects.filter(
        standing="in-service", recorded_at__lt=as_of.instant, branch__in=within
    )
    members = [row.person_id for row in held if _live(row.closed_at, as_of.instant)]
    return {
        "in_service": len(members),
        "served": len(who.intersection(members)),
        "services": len(done),
        "minutes": sum(row.minutes for row in done),
        "services_here": len(here),
        "minutes_here": sum(row.minutes for row in here),
        **_hosted(within, as_of, who),
        **_claims(within, as_of),
        **_needs(within, as_of, period),
    }


def _live(until: datetime | None, instant: datetime) -> bool:
    return until is None or until >= instant


def _standing(as_of: AsOf, period: Period) -> list[ServiceRecord]:
    known = ServiceRecord.objects.filter(recorded_at__lt=as_of.instant)
    rows = list(known.select_related("community", "branch"))
    undone = {row.reverses for row in rows}
    return [
        row
        for row in rows
        if not row.reverses
        and row.id not in undone
        and period.first <= row.served_on <= period.last
    ]


def _hosted(within: set[int], as_of: AsOf, who: set[UUID]) -> dict[str, int]:
    rows = Registration.objects.filter(accepted_at__lt=as_of.instant, community__in=within)
    here = [row.person_id for row in rows if _live(row.ended_at, as_of.instant)]
    return {"hosted": len(here), "hosted_served": len(who.intersection(here))}


def _claims(within: set[int], as_of: AsOf) -> dict[str, int]:
    rows = [
        row
        for row in Claim.objects.filter(claimed_at__lt=as_of.instant).select_related(
            "offer", "branch", "community"
        )
        if _live(row.ended_at, as_of.instant)
    ]
    return {
        "posts_held": sum(
            row.offer.kind.code == "post" and row.seated_at is not None and row.branch_id in within
            for row in rows
        ),
        "claims_live": sum(row.community_id in within for row in rows),
        "pairings": sum(
            row.offer.kind.code == "pairing"
            and row.seated_at is not None
            and row.community_id in within
            for row in rows
        ),
    }


def _needs(within: set[int], as_of: AsOf, period: Period) -> dict[str, int]:
    def during(instant: datetime | None) -> bool:
        if instant is None or instant >= as_of.instant:
            return False
        return period.first <= clock.local(instant).date() <= period.last

    needs = list(Need.objects.filter(community__in=within))
    stages = [
        row
        for row in NeedStage.objects.filter(subject__in=needs, since__lt=as_of.instant)
        if _live(row.until, as_of.instant)
    ]
    assert len(stages) == sum(row.collected_at < as_of.instant for row in needs)
    offers = Offer.objects.filter(community__in=within)
    granted = {
        kind: {
            row.need_id
            for row in Answer.objects.filter(need__in=needs, offer__kind=kind)
            if row.since < as_of.instant and _live(row.until, as_of.instant)
        }
        for kind in ("wish", "order")
    }
    return {
        "needs_collected": sum(during(row.collected_at) for row in needs),
        "needs_without_help": sum(row.state in ("collected", "screened") for row in stages),
        "needs_met": sum(row.state == "met" and during(row.since) for row in stages),
        **{
            code: sum(
                row.state == "met" and during(row.since) and row.subject_id in granted[kind]
                for row in stages
            )
            for code, kind in (("wishes_met", "wish"), ("orders_met", "order"))
        },
        "needs_unmet": sum(row.state == "unmet" and during(row.since) for row in stages),
        "offers_published": sum(during(row.published_at) for row in offers),
    }
