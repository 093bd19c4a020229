"""An emergency call-up: everybody called, the answers counted, all places of a shift filled.

Everybody is registered in one community and has an account. The aims, at 100,000 members: the
summonses and notices are written in seconds, the numbers of the page take at most 50 ms. The limit
beside the first is a plain INSERT … SELECT of as many bare rows.
"""

from django.db import connection, connections

from baodao.callups.commands.callups import draft_call, send_call, summon
from baodao.callups.commands.posts import publish_post, seat_best
from baodao.callups.models import Summons
from baodao.callups.queries.callups import numbers_of, one_call
from baodao.kernel.authz import SYSTEM
from baodao.notices.models import Notice
from baodao.offers.rules.offers import MOST_PLACES
from bench import frame
from tests.callups import crowd, steps
from tests.offers import steps as offered
from tests.world import draw

COUNTED = 20


def bare(count: int) -> None:
    """The least that could be written: an id and a person of each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_bare SELECT gen_random_uuid(), md5(n::text)::uuid "
            "FROM generate_series(1, %s) AS n",
            [2 * count],
        )


def main() -> None:
    options = frame.arguments(__doc__ or "")
    count = options.members or (100_000 if options.full else 10_000)
    with frame.database("callups"):
        world = draw()
        with connections["owner"].cursor() as cursor:
            cursor.execute("CREATE TABLE bench_bare (id uuid PRIMARY KEY, person_id uuid)")
            cursor.execute("GRANT ALL ON bench_bare TO PUBLIC")
        [member] = offered.registered(world, 1)
        crowd.copied(member.person_id, count - 1)
        an = world.actor("an")
        call = draft_call(an, caller_id=world.willow.pk, facts=steps.facts())
        send_call(an, call_id=call.pk)
        sending = frame.seconds(lambda: summon(SYSTEM, call_id=call.pk))
        limit = frame.seconds(lambda: bare(count))
        again = frame.seconds(lambda: summon(SYSTEM, call_id=call.pk))
        written = Summons.objects.count(), Notice.objects.filter(kind="callup").count()
        assert written == (count, count), written
        crowd.answered(call.pk, count // 2)
        one = one_call(an, call.pk)
        times = [frame.seconds(lambda: numbers_of(an, one)) for _ in range(COUNTED)]
        assert numbers_of(an, one).able == count // 2
        shift = offered.facts(places=min(MOST_PLACES, 500), starts_at=offered.hour(7, 9))
        post = publish_post(an, call_id=call.pk, community_id=world.willow.pk, facts=shift)
        seating = frame.seconds(lambda: seat_best(an, post_id=post.pk))
    print(
        f"{count} called in {sending:.2f} s (bare rows {limit:.2f} s, again {again:.3f} s); "
        f"numbers {1000 * frame.median(times):.1f} ms; 500 placed in {seating:.2f} s"
    )
    frame.report(
        "callups",
        sending,
        "s",
        limit=round(limit, 3),
        numbers_ms=round(1000 * frame.median(times), 2),
        placing_s=round(seating, 2),
        rows=count,
        seed=options.seed,
    )


if __name__ == "__main__":
    main()
