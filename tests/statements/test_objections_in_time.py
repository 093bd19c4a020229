"""Objections to records of a community that was closed: who is told of them, and who answers."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent
from baodao.ledger.commands import corrections
from baodao.ledger.queries.records import reversal_of
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.statements.models import Dispute
from tests import factories
from tests.ledger.steps import entry, record
from tests.orgs.test_reorganisations import done, undone
from tests.registration.browsing import browser, text
from tests.statements.test_disputes import answer, raised
from tests.world import World


def told(world: World) -> list[str]:
    """Who was told of objections, in their order."""
    rows = Notice.objects.filter(kind="record-disputed").order_by("created_at", "pk")
    return [row.organisation.name for row in rows if row.organisation]


def merge(world: World, place: str, into: str) -> None:
    done(world, world.places[place], Aim(Reform.MERGED, successor_id=world.places[into].pk))


def dissolve(world: World, place: str = "willow") -> None:
    done(world, world.places[place], Aim(Reform.DISSOLVED))


def test_after_a_merger_the_successor_is_told_and_answers(world: World) -> None:
    made = record(world)
    merge(world, "willow", "bridge")
    held = raised(world, made)
    assert told(world) == ["石桥社区"]
    assert "当天做了两小时" in text(browser(world, "bao").get("/records/disputes/"))
    assert answer(world, held, "kept", "bao").state == "kept"
    assert Notice.objects.get(kind="dispute-answered").facts["community"] == "石桥社区"


def merged_away(world: World) -> None:
    merge(world, "willow", "bridge")
    dissolve(world, "bridge")


@pytest.mark.parametrize("ending", [dissolve, merged_away])
def test_where_nobody_took_over_the_authority_above_is_told_puts_right_and_answers(
    world: World, ending: Callable[[World], None]
) -> None:
    made = record(world)
    ending(world)
    shown = text(
        browser(world, "chen").get(reverse("statements:dispute", args=[made.community_id, made.id]))
    )
    assert "柳荫街道" in shown, "who answers"
    assert "柳荫社区" not in shown
    held = raised(world, made)
    assert told(world) == ["柳荫街道"]
    world.accounts["xi"] = factories.account("席西", Role.SUPERVISOR, world.west)
    for who in ("an", "xi", "deng", "sun"):
        with pytest.raises(Absent):
            answer(world, held, "kept", who)
    fan = browser(world, "fan")
    assert "1 条记录异议待答复" in text(fan.get("/overview/"))
    assert "当天做了两小时" in text(fan.get("/records/disputes/"))
    page = text(fan.get(reverse("statements:record", args=[made.community_id, made.id])))
    assert reverse("statements:correct", args=[made.community_id, made.id]) in page
    right = corrections.correct(
        world.actor("fan"), community_id=made.community_id, record_id=made.id,
        entry=entry(made.person_id, minutes=120), reason="本人异议属实",
    )  # fmt: skip
    assert (right.community_id, right.minutes) == (made.community_id, 120)
    assert answer(world, held, "corrected", "fan").answered_by == "范立"
    assert Notice.objects.get(kind="dispute-answered").facts["community"] == "柳荫街道"


def test_what_waits_when_a_community_is_dissolved_goes_to_the_authority_above(
    world: World,
) -> None:
    held = raised(world, record(world))
    act = done(world, world.willow, Aim(Reform.DISSOLVED))
    assert told(world) == ["柳荫社区", "柳荫街道"]
    undone(world, act)
    with pytest.raises(Absent):
        answer(world, held, "kept", "fan")
    assert answer(world, held, "kept").state == "kept"


def test_an_authority_puts_no_record_right_of_what_somebody_stands_for(world: World) -> None:
    made = record(world)
    for _ in range(2):
        with pytest.raises(Absent):
            corrections.reverse(
                world.actor("fan"), community_id=made.community_id, record_id=made.id, reason="误"
            )
        merge(world, "willow", "bridge") if world.willow.closed_at is None else None
        world.willow.refresh_from_db()
    assert reversal_of(made) is None
    assert not Dispute.objects.exists()
    assert browser(world, "deng").get("/records/disputes/").status_code == 404
