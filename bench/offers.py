"""What a member finds among 100,000 open offers: server time of the list, whole, by kind and by
words, beside SQL written by hand.

Half a per cent of the offers are of the member's own community, two per cent of its street; the
others are open elsewhere in the city, and nobody here sees them. The aim is p95 ≤ 150 ms.
"""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from django.db import connection
from django.test import Client
from django.urls import reverse

from baodao.kernel import clock, ids
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.kinds.post.kind import POST
from baodao.offers.models import Offer
from baodao.offers.rules.lives import OfferState
from bench import frame
from bench.pages import AIM, Workload, in_milliseconds, measured
from tests.offers import steps
from tests.world import World, draw

OWN, STREET = 0.005, 0.02
"""Of all offers, how many are of the member's own community and of others of its street."""
WORDS = ("法律咨询", "社区大扫除", "陪同就医", "家电小修", "义务巡逻", "课业辅导")
BY_HAND = """
    SELECT o.title, o.place, o.starts_at, o.places, c.name,
           (SELECT count(*) FROM claims_claim l WHERE l.offer_id = o.id AND l.state = 'active')
    FROM offers_offer o JOIN orgs_organisation c ON c.id = o.community_id
    WHERE c.path LIKE %(street)s AND o.state = 'published'
      AND (o.starts_at IS NULL OR o.starts_at > now())
    ORDER BY c.path LIKE %(here)s DESC, o.published_at DESC LIMIT 60"""


def offers(world: World, count: int, dice: Random) -> Iterator[Offer]:
    """Published posts and activities, half of each."""
    now = clock.now()
    for number in range(count):
        share = number / count
        where = world.willow if share < OWN else world.bridge if share < STREET else world.cloud
        kind = POST if dice.random() < 0.5 else ACTIVITY
        starts = now + timedelta(hours=dice.randrange(48, 2_000)) if kind is ACTIVITY else None
        yield Offer(
            id=ids.new_id(),
            community=where,
            organiser=where,
            kind=kind,
            title=f"{dice.choice(WORDS)}{number}",
            category="environment",
            place="党群服务中心",
            schedule="" if starts else "每周六上午",
            places=dice.randrange(1, 20),
            starts_at=starts,
            ends_at=starts + timedelta(hours=2) if starts else None,
            state=OfferState.PUBLISHED,
            published_at=now - timedelta(minutes=dice.randrange(100_000)),
        )


def pages(world: World) -> dict[str, Workload]:
    """The list as a member of the community opens it."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(world.accounts["chen"])
    find = reverse("agenda:find")
    values = [{"street": f"{world.willow_street.path}%", "here": f"{world.willow.path}%"}]
    asked = {"all": "", "one kind": "?kind=post", "words": "?q=法律", "weekend": "?time=weekend"}
    return {
        name: Workload(client, [find + query], BY_HAND, values) for name, query in asked.items()
    }


def main() -> None:
    options = frame.arguments(__doc__ or "")
    count = 100_000 if options.full else 20_000
    with frame.database("offers"):
        world = draw()
        steps.chen(world)
        Offer.objects.bulk_create(offers(world, count, Random(options.seed)), batch_size=2_000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE offers_offer")
        times = measured(pages(world), 40 if options.full else 15)
    worst = max(one.p95 for one in times.values())
    frame.report(
        "offers",
        1000 * worst,
        "ms p95",
        limit=1000 * AIM,
        **in_milliseconds(times),
        rows=count,
        seed=options.seed,
    )


if __name__ == "__main__":
    main()
