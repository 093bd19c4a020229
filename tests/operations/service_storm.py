"""A hundred claims, a hundred forms that record services, and what must hold of all they leave."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from baodao.accounts.models import Account
from baodao.figures.queries.sql import present
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.queries.tables import table
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.moments import read_period
from baodao.ledger.models import ChainHead, ServiceRecord
from baodao.ledger.queries.verification import verify
from baodao.offers.models import Offer
from baodao.statements.commands.statements import state
from tests.ledger.steps import entry
from tests.offers import steps
from tests.operations.storm import Form, Reply, Sender, Server
from tests.registration.browsing import browser
from tests.world import World

LONG_AGO = timedelta(days=20)
PLACES = 30
ROLLS = 20
ENTRIES = STATEMENTS = 40
CROWD = 100

Mark = tuple[str, UUID]
"""What a form is to leave: the kind of act, and whom or what it is about."""

LEFT = """
    SELECT 'claim', person_id FROM claims_claim WHERE offer_id = %(coming)s UNION ALL
    SELECT 'entry', person_id FROM ledger_servicerecord WHERE origin = 'office' UNION ALL
    SELECT 'statement', person_id FROM ledger_servicerecord WHERE origin = 'statement' UNION ALL
    SELECT 'roll', about FROM kernel_journalentry WHERE verb = 'offer.recorded'
"""
HALF = """
    WITH told AS (
      SELECT about, count(*) FILTER (WHERE verb = 'claim.made') AS claimed,
        count(*) FILTER (WHERE verb = 'claim.served') AS served,
        count(*) FILTER (WHERE verb = 'record.made') AS recorded,
        count(*) FILTER (WHERE verb = 'statement.confirmed') AS confirmed
      FROM kernel_journalentry GROUP BY about
    ), noted AS (SELECT about, kind, count(*) AS times FROM notices_notice GROUP BY about, kind)
    SELECT 'too many seated', o.id FROM offers_offer o
    WHERE o.places < (SELECT sum(c.places) FROM claims_claim c WHERE c.offer_id = o.id
      AND c.state IN ('invited', 'active', 'exit-requested', 'done'))
    UNION ALL
    SELECT 'seats', c.id FROM claims_claim c
    WHERE c.places <> (SELECT count(*) FROM claims_seat s WHERE s.claim_id = c.id)
    UNION ALL
    SELECT 'roll', o.id FROM offers_offer o
    WHERE (o.recorded_at IS NOT NULL)
      <> EXISTS (SELECT FROM ledger_servicerecord r WHERE r.offer_id = o.id)
    UNION ALL
    SELECT 'claim', c.id FROM claims_claim c LEFT JOIN told ON told.about = c.id
    LEFT JOIN noted ON noted.about = c.id AND noted.kind = 'claim-served'
    CROSS JOIN LATERAL (SELECT (c.state = 'done')::int AS wanted) done
    WHERE coalesce(told.claimed, 0) <> 1 OR coalesce(told.served, 0) <> done.wanted
      OR coalesce(noted.times, 0) <> done.wanted
      OR done.wanted <> (SELECT count(*) FROM ledger_servicerecord r
        WHERE r.offer_id = c.offer_id AND r.person_id = c.person_id)
    UNION ALL
    SELECT 'statement', s.id FROM statements_statement s LEFT JOIN told ON told.about = s.id
    LEFT JOIN noted ON noted.about = s.id AND noted.kind = 'statement-confirmed'
    CROSS JOIN LATERAL (SELECT (s.state = 'confirmed')::int AS wanted) done
    WHERE coalesce(told.confirmed, 0) <> done.wanted OR coalesce(noted.times, 0) <> done.wanted
      OR done.wanted <> (SELECT count(*) FROM ledger_servicerecord r WHERE r.id = s.record_id)
    UNION ALL
    SELECT 'record', r.id FROM ledger_servicerecord r LEFT JOIN told ON told.about = r.id
    WHERE coalesce(told.recorded, 0) <> 1 OR 1 <> CASE r.origin
      WHEN 'list' THEN (SELECT count(*) FROM claims_claim c
        WHERE c.offer_id = r.offer_id AND c.person_id = r.person_id AND c.state = 'done')
      WHEN 'statement' THEN (SELECT count(*) FROM statements_statement s WHERE s.record_id = r.id)
      ELSE (SELECT sum(times) FROM noted WHERE noted.about = r.id) END
"""
"""Rows of which a part is missing or there twice: no claim is done without its record, no record of
a roll stands without its claim settled."""


@dataclass(frozen=True)
class Deed:
    """A form, from whose browser it is sent, what it is to leave, how many minutes it records."""

    sender: Sender
    form: Form
    mark: Mark
    minutes: Sequence[int] = ()

    def again(self) -> "Deed":
        """Typed anew on a fresh page."""
        return replace(self, form=self.form.again())


@dataclass(frozen=True)
class Crowd:
    """Members registered in An's community, with an activity to come and what waits at her desk."""

    world: World
    coming: Offer
    claims: list[Deed]
    entries: list[Deed]
    statements: list[Deed]
    rolls: list[Deed]

    @property
    def deeds(self) -> list[Deed]:
        """All of them, in no order of their kinds."""
        mixed = [*self.claims, *self.entries, *self.statements, *self.rolls]
        Random(7).shuffle(mixed)
        return mixed


def gathered(world: World, server: Server, share: float = 1) -> Crowd:
    """A crowd with forms of every kind, or `share` of as many."""
    count = int(CROWD * share)
    with days_ago():
        members = steps.registered(world, count)
        coming = steps.published(world, places=int(PLACES * share), **hours(27))
        past = [_past(world, members, number) for number in range(int(ROLLS * share))]
    an = Sender(server, browser(world, "an"))
    stating = members[: int(STATEMENTS * share)]
    return Crowd(
        world,
        coming,
        [_claim(server, coming, member) for member in members],
        [_entry(an, members[turn], 30 + turn) for turn in range(int(ENTRIES * share))],
        [_statement(world, an, member, 40 + turn) for turn, member in enumerate(stating)],
        [_roll(an, offer, came, 90 + turn) for turn, (offer, came) in enumerate(past)],
    )


@contextmanager
def days_ago() -> Iterator[None]:
    """What happens in the block happened before the storm."""
    with clock.at(clock.now() - LONG_AGO):
        yield


def hours(days: int) -> dict[str, object]:
    return {"starts_at": steps.hour(days), "ends_at": steps.hour(days, at=11)}


def _past(world: World, members: Sequence[Actor], number: int) -> tuple[Offer, list[Actor]]:
    """An activity of yesterday's with two who claimed; they meet in no other."""
    came = [members[(2 * number + side) % len(members)] for side in range(2)]
    offer = steps.published(world, places=2, title=f"清扫{number}", **hours(18))
    steps.claimed(offer, *came)
    return offer, came


def _claim(server: Server, offer: Offer, member: Actor) -> Deed:
    client = Client()
    client.force_login(Account.objects.get(pk=member.account_id))
    form = Form(reverse("agenda:claim", args=[offer.pk]), [])
    return Deed(Sender(server, client), form, ("claim", _person(member)))


def _person(member: Actor) -> UUID:
    assert member.person_id
    return member.person_id


def day(before: int) -> date:
    """So many days before today."""
    return clock.today() - timedelta(days=before)


def _entry(an: Sender, member: Actor, minutes: int) -> Deed:
    typed = {
        "ids": str(member.person_id),
        "served_on": day(5).isoformat(),
        "began": "14:00",
        "minutes": f"{minutes} 分钟",
        "category": "environment",
        "way": "post",
    }
    form = Form(reverse("statements:enter"), list(typed.items()))
    return Deed(an, form, ("entry", _person(member)), [minutes])


def _statement(world: World, an: Sender, member: Actor, minutes: int) -> Deed:
    told = entry(_person(member), served_on=day(6), minutes=minutes)
    held = state(member, community_id=world.willow.pk, entry=told)
    form = Form(reverse("statements:confirm"), [("ids", str(held.pk))])
    return Deed(an, form, ("statement", _person(member)), [minutes])


def _roll(an: Sender, offer: Offer, came: Sequence[Actor], minutes: int) -> Deed:
    """The list stays open, so that the same list typed anew is taken again."""
    typed = [("record", "1"), ("minutes", str(minutes)), ("more", "on")]
    typed += [("ids", str(member.person_id)) for member in came]
    form = Form(reverse("attendance:roll", args=[offer.pk]), typed)
    return Deed(an, form, ("roll", offer.pk), [minutes] * len(came))


def told_of(deeds: Sequence[Deed], replies: Sequence[Reply | None]) -> list[Deed]:
    """Those of which the sender knows that they are done."""
    pairs = zip(deeds, replies, strict=True)
    return [deed for deed, reply in pairs if reply is not None and reply.acknowledged]


def left(crowd: Crowd) -> Counter[Mark]:
    """How many times there is what the forms were to leave."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT, {"coming": crowd.coming.pk})
        return Counter(cursor.fetchall())


def wrong(crowd: Crowd) -> list[object]:
    """Everything that may not be, whatever was killed: acts there twice, halves, a chain that does
    not hold, figures that do not agree with the records."""
    twice = [mark for mark, times in left(crowd).items() if times > 1]
    with connection.cursor() as cursor:
        cursor.execute(HALF)
        halves = cursor.fetchall()
    return [*twice, *halves, *_broken_chains(), *_wrong_figures(crowd.world)]


def _broken_chains() -> list[object]:
    """The first bad row of any chain, and heads that are not the last row of theirs."""
    found = verify().first_bad
    bad: list[object] = [found] if found else []
    for head in ChainHead.objects.all():
        last = ServiceRecord.objects.filter(community=head.community_id).order_by("-seq").first()
        ends = (last.seq, bytes(last.hash)) if last else (0, bytes(32))
        if ends != (head.seq, bytes(head.hash)):
            bad.append(("head", head.seq, ends))
    return bad


def _wrong_figures(world: World) -> list[object]:
    """Years whose service table tells of the community other sums than its records."""
    rows = ServiceRecord.objects.filter(community=world.willow)
    moment, wrong_ones = present(), []
    for year in {day(before).year for before in range(LONG_AGO.days)}:
        period = read_period(str(year), moment)
        code = world.willow.code
        figures = table(world.actor("an"), code, moment, StatSheet.SERVICE, period).total
        here = rows.filter(served_on__year=year)
        facts = (here.count(), here.aggregate(sum=Sum("minutes"))["sum"] or 0)
        if facts != (figures["services_here"], figures["minutes_here"]):
            wrong_ones.append(("figures", year, facts))
    return wrong_ones
