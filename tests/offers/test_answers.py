"""From a need to an offer that answers it, and what becomes of both."""

import pytest
from django.db import IntegrityError

from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.needs.commands.needs import close_need, merge, reopen
from baodao.needs.models import Need
from baodao.offers.commands.answers import (
    draft_offer,
    match_offer,
    meet_needs,
    open_needs,
    release_needs,
)
from baodao.offers.models import Answer, Offer
from baodao.offers.queries.answers import needs_of
from tests.needs.steps import fresh, need
from tests.needs.test_commands import verbs
from tests.offers.answers import answered, offer, offer_of
from tests.world import World


@pytest.mark.parametrize("kind", ["activity", "post"])
def test_one_tap_drafts_an_offer_and_a_second_finds_it(world: World, kind: str) -> None:
    row = need(world, place="3号楼")
    made = draft_offer(world.actor("an"), need_id=row.pk, kind=kind)
    assert (made.state, made.kind.code, made.title) == ("draft", kind, "三号楼楼道灯坏了")
    assert (made.community, made.category, made.place) == (world.willow, "convenience", "3号楼")
    assert (fresh(row).state, offer_of(row)) == ("screened", made)
    assert draft_offer(world.actor("an"), need_id=row.pk, kind="post") == made
    assert verbs(made) == ["offer.drafted"], "its story begins where it does"
    assert Offer.objects.count() == 1
    open_needs(world.actor("an"), offer=made)
    assert fresh(row).state == "open"


def test_a_draft_is_made_by_who_edits_offers_of_what_waits(world: World) -> None:
    row = need(world)
    for stranger in ("bao", "fan", "deng", "chen"):
        with pytest.raises(Absent):
            draft_offer(world.actor(stranger), need_id=row.pk, kind="post")
    with pytest.raises(Refused):
        draft_offer(world.actor("an"), need_id=row.pk, kind="parade")
    for state in ("open", "met", "unmet"):
        with pytest.raises(Refused) as refused:
            draft_offer(world.actor("an"), need_id=need(world, state).pk, kind="post")
        assert refused.value.code == f"need.{state}"


def test_a_published_offer_answers_a_need_of_its_community(world: World) -> None:
    row, held = need(world), offer(world)
    match_offer(world.actor("an"), need_id=row.pk, offer_id=held.pk)
    assert (fresh(row).state, offer_of(row)) == ("open", held)
    with pytest.raises(Refused) as again:
        match_offer(world.actor("an"), need_id=row.pk, offer_id=held.pk)
    assert again.value.code == "need.open"


def test_a_draft_or_an_offer_next_door_answers_nothing(world: World) -> None:
    row = need(world)
    with pytest.raises(Refused) as draft:
        match_offer(world.actor("an"), need_id=row.pk, offer_id=offer(world, "draft").pk)
    assert draft.value.code == "offer.draft"
    next_door = offer(world, community=world.bridge)
    with pytest.raises(Absent):
        match_offer(world.actor("an"), need_id=row.pk, offer_id=next_door.pk)
    with pytest.raises(Absent):
        match_offer(world.actor("bao"), need_id=row.pk, offer_id=offer(world).pk)
    assert fresh(row).state == "collected"


def test_a_published_offer_opens_the_needs_that_waited_for_it(world: World) -> None:
    held = offer(world)
    waiting, raw = answered(world, held, "screened"), answered(world, held, "collected")
    closed, other = answered(world, held, "unmet"), need(world, "screened")
    open_needs(world.actor("an"), offer=held)
    states = [fresh(row).state for row in (waiting, raw, closed, other)]
    assert states == ["open", "open", "unmet", "screened"]
    assert fresh(raw).screened_at is not None
    assert verbs(waiting) == ["need.opened"]


def test_a_cancelled_offer_gives_its_needs_back(world: World) -> None:
    held = offer(world, "cancelled")
    opened, met = answered(world, held, "open"), answered(world, held, "met")
    drafted = answered(world, held, "screened")
    release_needs(world.actor("an"), offer=held)
    assert (fresh(opened).state, offer_of(opened)) == ("screened", None)
    assert (fresh(drafted).state, offer_of(drafted)) == ("screened", None)
    assert (fresh(met).state, offer_of(met)) == ("met", held)
    assert (verbs(opened), verbs(drafted)) == (["need.released"], [])


def test_after_the_roll_the_others_stay_open_while_the_offer_is_published(world: World) -> None:
    held = offer(world)
    met, left = answered(world, held, "open"), answered(world, held, "open")
    meet_needs(world.actor("an"), offer=held, met_ids=[met.pk])
    assert [fresh(row).state for row in (met, left)] == ["met", "open"]
    assert fresh(met).closed_at is not None
    held.state = "closed"
    meet_needs(world.actor("an"), offer=held, met_ids=[])
    assert (fresh(left).state, offer_of(left)) == ("screened", None)


def test_a_need_of_another_offer_is_not_met_by_this_one(world: World) -> None:
    held, strange = offer(world), answered(world, offer(world), "open")
    with pytest.raises(Absent):
        meet_needs(world.actor("an"), offer=held, met_ids=[strange.pk])
    assert fresh(strange).state == "open"


def test_a_draft_goes_along_with_the_merged_need(world: World) -> None:
    draft = offer(world, "draft")
    row, into = answered(world, draft, "screened"), need(world)
    merge(world.actor("an"), need_id=row.pk, into_id=into.pk)
    assert (offer_of(row), offer_of(into)) == (None, draft)


def periods(row: Need) -> list[tuple[Offer, bool]]:
    """The offers that ever answered a need, the oldest first, and whether one still does."""
    rows = Answer.objects.filter(need=row).order_by("since").select_related("offer")
    return [(answer.offer, answer.until is None) for answer in rows]


def test_an_answer_ends_when_its_need_is_opened_again_and_the_next_begins(world: World) -> None:
    first, second = offer(world), offer(world)
    row, an = need(world), world.actor("an")
    match_offer(an, need_id=row.pk, offer_id=first.pk)
    close_need(an, need_id=row.pk, met=True)
    assert periods(row) == [(first, True)]
    reopen(an, need_id=row.pk)
    assert periods(row) == [(first, False)]
    match_offer(an, need_id=row.pk, offer_id=second.pk)
    assert periods(row) == [(first, False), (second, True)]
    assert (list(needs_of(first)), list(needs_of(second))) == ([], [row])


def test_a_published_offer_takes_the_place_of_a_draft(world: World) -> None:
    draft, published = offer(world, "draft"), offer(world)
    row = answered(world, draft, "screened")
    match_offer(world.actor("an"), need_id=row.pk, offer_id=published.pk)
    assert periods(row) == [(draft, False), (published, True)]
    release_needs(world.actor("an"), offer=draft)
    assert (fresh(row).state, offer_of(row)) == ("open", published)


def test_a_need_that_has_an_answer_keeps_it_when_another_is_merged_into_it(world: World) -> None:
    draft, other = offer(world, "draft"), offer(world, "draft")
    row, into = answered(world, draft, "screened"), answered(world, other, "screened")
    merge(world.actor("an"), need_id=row.pk, into_id=into.pk)
    assert (offer_of(row), offer_of(into)) == (None, other)
    assert (periods(row), periods(into)) == ([(draft, False)], [(other, True)])


def test_the_database_keeps_one_answer_at_a_time(world: World) -> None:
    row = answered(world, offer(world))
    with pytest.raises(IntegrityError, match="answer_one_live"):
        Answer.objects.create(offer=offer(world), need=row, since=clock.now())
