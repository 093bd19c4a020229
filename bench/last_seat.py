"""The last place of an activity, wanted by 200 members at once: claims answered in a second.

Everybody claims at the same moment; one gets the place, the others stand on the waiting list. The
limit is the least that could hold the promise: the same number of transactions, each of which locks
one counter with an UPDATE and inserts one bare row.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.db import connection, connections, transaction

from baodao.accounts.queries import operator
from baodao.claims.commands import claims
from baodao.claims.models import Claim
from baodao.claims.rules.lives import SEATED
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.offers.commands import offers
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.models import Offer
from baodao.offers.rules.offers import OfferFacts
from baodao.registration.commands import arrivals, letters
from bench import frame
from tests import factories
from tests.world import World, draw

THREADS = 20


def members_of(world: World, count: int) -> list[Actor]:
    """Members registered in one community."""
    people = [
        factories.member(f"党员{index}", world.first, home_community=world.willow)
        for index in range(count)
    ]
    everybody = operator()
    ids = [person.pk for person in people]
    rows = letters.issue_letters(everybody, person_ids=ids).done
    arrivals.accept(everybody, registration_ids=[row.pk for row in rows])
    return [Actor(None, person.pk, person.name) for person in people]


def activity(world: World, days: int) -> Offer:
    """One place, on a day of its own."""
    starts = clock.midnight(clock.today() + timedelta(days=days)) + timedelta(hours=9)
    facts = OfferFacts(
        ACTIVITY,
        "清扫",
        "environment",
        1,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )
    made = offers.draft(operator(), community_id=world.willow.pk, facts=facts)
    return offers.publish(operator(), offer_id=made.pk)


class Storm:
    """Everybody at once, as many as there are `threads` at the same moment."""

    def __init__(self, members: Sequence[Actor], threads: int = THREADS) -> None:
        self.members, self._threads = members, threads
        self.pool = ThreadPoolExecutor(threads)
        self._in_each(connection.ensure_connection)

    def run(self, act: Callable[[Actor], object]) -> float:
        """Seconds until the last is answered."""
        return frame.seconds(lambda: list(self.pool.map(act, self.members)))

    def end(self) -> None:
        """Close the connections of the threads."""
        self._in_each(connections.close_all)
        self.pool.shutdown()

    def _in_each(self, act: Callable[[], object]) -> None:
        """Once in every thread: each waits for the others before it ends."""
        everybody = Barrier(self._threads)

        def once(_: int) -> None:
            try:
                act()
            finally:
                everybody.wait()

        list(self.pool.map(once, range(self._threads)))


def counted(_: Actor) -> None:
    """One place counted under the lock of one row, and one bare row written."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE bench_counter SET taken = taken + 1 RETURNING taken")
        cursor.execute("INSERT INTO bench_claim DEFAULT VALUES")


def prepare() -> None:
    """The tables of the limit, of the owner like all tables."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE bench_counter (taken int)")
        cursor.execute("INSERT INTO bench_counter VALUES (0)")
        cursor.execute("CREATE TABLE bench_claim (id uuid DEFAULT gen_random_uuid())")
        cursor.execute("GRANT ALL ON bench_counter, bench_claim TO PUBLIC")


def main() -> None:
    options = frame.arguments(__doc__ or "")
    wanting, rounds = (200, 9) if options.full else (200, 3)
    with frame.database("last_seat"):
        world = draw()
        prepare()
        storm = Storm(members_of(world, wanting))
        taken: dict[str, list[float]] = {"claims": [], "limit": []}
        for turn in range(rounds + 1):
            offer = activity(world, 10 + turn)
            spent = storm.run(lambda actor, pk=offer.pk: claims.claim(actor, offer_id=pk))
            limit = storm.run(counted)
            seated = Claim.objects.filter(offer=offer, state__in=SEATED).count()
            answered = Claim.objects.filter(offer=offer).count()
            assert (seated, answered) == (1, wanting), (seated, answered)
            if turn:
                taken["claims"].append(wanting / spent)
                taken["limit"].append(wanting / limit)
        storm.end()
    value, limit = frame.median(taken["claims"]), frame.median(taken["limit"])
    print(f"{wanting} want one place: {value:.0f} claims/s, a locked counter alone {limit:.0f}/s")
    frame.report(
        "last_seat", value, "claims/s", limit=round(limit, 1), rows=wanting, seed=options.seed
    )


if __name__ == "__main__":
    main()
