"""承诺: what a member ticks, how it changes and ends, and who may read it."""

from datetime import datetime, timedelta

import pytest

from baodao.accounts.queries import operator
from baodao.commitments.commands.commitments import (
    commit,
    revoke_consent,
    withdraw_commitment,
)
from baodao.commitments.models import Commitment
from baodao.commitments.queries.choices import choices_of
from baodao.commitments.queries.commitments import (
    commitment_for,
    commitments_in,
    own_board,
    own_commitment,
    own_commitments,
    posted_in,
)
from baodao.commitments.queries.progress import progress_of
from baodao.commitments.rules.commitments import CommitmentFacts
from baodao.commitments.rules.policies import BOARD, POSTED
from baodao.commitments.tasks import invite
from baodao.identities.commands.merges import confirm_merge, propose_merge, undo_merge
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.notices.queries.notices import notices_to
from baodao.notices.queries.pending import with_closed
from baodao.offers.commands.offers import close
from baodao.orgs.commands.policies import set_policy
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.commands.departures import end_membership
from baodao.people.rules.departures import Ending
from baodao.registration.commands.departures import transfer
from baodao.registration.models import Registration
from tests import factories
from tests.commitments import steps
from tests.ledger import steps as served
from tests.offers import steps as offered
from tests.orgs.test_reorganisations import done, undone
from tests.registration import steps as road
from tests.registration.test_relations import move_on
from tests.series import steps as series_steps
from tests.world import World


def titles(row: Commitment | None) -> set[str]:
    assert row is not None
    return {item.title for item in row.items.all()}


def names_in(actor: Actor, world: World, place: str) -> list[str]:
    rows = commitments_in(actor, world.places[place])
    return [row.registration.person.name for row in rows]


def test_a_member_commits_to_a_post_they_have_one_they_want_and_a_series(world: World) -> None:
    with clock.at(series_steps.MONDAY):
        chen = offered.chen(world)
        post = steps.post_of(world, chen)
        wish = offered.published(world, "post", title="调解岗")
        days = series_steps.published(world)
        choices = choices_of(chen)
        assert set(choices.own) == {post.pk}
        assert set(choices.others) == {wish.pk, days.pk}
        row = steps.committed(chen, post, wish, days, hours=20)
        since = {item.title: item.claimed_on for item in row.items.all()}
        assert since == {"法律咨询岗": clock.today(), "调解岗": None, "固定服务日": None}
        assert (row.year, row.times, row.hours) == (2027, 6, 20)


def test_what_was_said_before_stays_as_it_was_and_what_is_over_is_not_changed(
    world: World,
) -> None:
    chen = offered.chen(world)
    post = steps.post_of(world, chen)
    first = steps.committed(chen, post)
    close(world.actor("an"), offer_id=post.pk, reason="不再需要")
    second = steps.committed(chen, post, times=8)
    assert titles(second) == {"法律咨询岗"}
    first.refresh_from_db()
    assert (first.times, first.until is None) == (6, False)
    assert own_commitment(chen) == second
    with (
        clock.at(clock.now() + timedelta(days=366)),
        pytest.raises(Refused, match=r"commitment\.year"),
    ):
        commit(chen, year=first.year, facts=CommitmentFacts(times=1))
    with clock.at(clock.now() + timedelta(days=366)):
        assert own_commitment(chen) is None


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        (CommitmentFacts(), "commitment.empty"),
        (CommitmentFacts(times=6, consent="2026-12"), "commitment.consent"),
    ],
)
def test_a_commitment_to_nothing_and_consent_that_nobody_asks_for_are_refused(
    world: World, facts: CommitmentFacts, refused: str
) -> None:
    chen = offered.chen(world)
    with pytest.raises(Refused, match=refused):
        commit(chen, year=clock.today().year, facts=facts)


def test_nobody_commits_to_what_is_not_there_for_them_or_without_being_received(
    world: World,
) -> None:
    elsewhere = offered.published(world, "post", where=world.bridge)
    with pytest.raises(Absent):
        steps.committed(world.actor("chen"))
    chen = offered.chen(world)
    with pytest.raises(Absent):
        steps.committed(chen, elsewhere)


def test_it_is_posted_up_where_the_community_does_so_and_only_while_the_member_agrees(
    world: World,
) -> None:
    chen = offered.chen(world)
    silent = steps.committed(chen)
    with pytest.raises(Absent):
        posted_in(world.willow)
    agrees = steps.posted(world)
    assert not posted_in(world.willow)
    row = steps.committed(chen, **agrees)
    assert list(posted_in(world.willow)) == [row]
    revoke_consent(chen, commitment_id=row.pk)
    assert not posted_in(world.willow)
    assert own_commitment(chen) == row
    with pytest.raises(Absent):
        revoke_consent(chen, commitment_id=silent.pk)


def test_unit_community_and_authority_read_who_has_committed_and_nobody_next_door(
    world: World,
) -> None:
    chen = offered.chen(world)
    row = steps.committed(chen)
    readers = {"an": "willow", "deng": "bureau", "qin": "first", "fan": "east"}
    for name, place in readers.items():
        assert names_in(world.actor(name), world, place) == ["陈晓宇"]
        assert commitment_for(world.actor(name), row.pk) == row
    assert not names_in(world.actor("bao"), world, "bridge")
    withdraw_commitment(chen, commitment_id=row.pk)
    for name, place in readers.items():
        assert not names_in(world.actor(name), world, place)
    with pytest.raises(Absent):
        commitment_for(world.actor("an"), row.pk)
    assert list(own_commitments(chen)) == [row]


def test_the_unit_of_before_reads_nothing_of_who_moved_on_and_the_unit_of_now_does(
    world: World,
) -> None:
    world.accounts["he"] = factories.account(
        "何书记", Role.UNIT_SECRETARY, world.commission, username="he"
    )
    chen = offered.chen(world)
    row = steps.committed(chen)
    move_on(world, world.office)
    for name, place in (("deng", "bureau"), ("qin", "first")):
        assert not names_in(world.actor(name), world, place)
        with pytest.raises(Absent):
            commitment_for(world.actor(name), row.pk)
    assert names_in(world.actor("he"), world, "commission") == ["陈晓宇"]


def test_a_member_sees_how_far_along_it_is_from_what_was_recorded(world: World) -> None:
    chen = offered.chen(world)
    post = steps.post_of(world, chen)
    row = steps.committed(chen, post)
    served.record(world, served_on=clock.today(), offer_id=post.pk, offer_title=post.title)
    progress = progress_of(chen, row)
    assert progress.totals.records == 1
    assert [(item.title, count) for item, count in progress.items] == [("法律咨询岗", 1)]


def test_it_is_over_with_the_registration_by_transfer_leaving_and_death(world: World) -> None:
    chen = offered.chen(world)
    agrees = steps.posted(world)
    steps.committed(chen, **agrees)
    transfer(
        chen,
        registration_id=Registration.objects.get().pk,
        community_id=world.bridge.pk,
        reason="搬家",
    )
    assert not posted_in(world.willow)
    assert own_commitment(chen) is None
    assert not names_in(world.actor("an"), world, "willow")
    assert not names_in(world.actor("deng"), world, "bureau")


@pytest.mark.parametrize("ending", [Ending.LEFT, Ending.DIED])
def test_nothing_of_who_left_or_died_is_posted_up(world: World, ending: Ending) -> None:
    chen = offered.chen(world)
    steps.committed(chen, **steps.posted(world))
    end_membership(
        world.actor("deng"),
        person_id=world.people["chen"].pk,
        ending=ending,
        on=clock.today(),
    )
    assert not posted_in(world.willow)
    assert not names_in(world.actor("deng"), world, "bureau")


def test_it_goes_with_the_registration_to_who_takes_the_community_over_and_back(
    world: World,
) -> None:
    chen = offered.chen(world)
    row = steps.committed(chen, **steps.posted(world))
    set_policy(operator(), organisation_id=world.bridge.pk, policy=POSTED, value=BOARD)
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert names_in(world.actor("bao"), world, "bridge") == ["陈晓宇"]
    assert own_commitment(chen) == row
    assert own_board(chen) == world.bridge
    assert list(posted_in(world.bridge)) == [row]
    undone(world, act)
    assert names_in(world.actor("an"), world, "willow") == ["陈晓宇"]
    assert own_board(chen) == world.willow


def test_members_are_invited_once_in_the_first_weeks_and_a_commitment_closes_it(
    world: World,
) -> None:
    chen, year = offered.chen(world), clock.today().year + 1
    with clock.at(datetime(year, 7, 5, 10, tzinfo=clock.ZONE)):
        invite()
    assert not Notice.objects.filter(kind="claim-commitment-invitation").exists()
    with clock.at(datetime(year + 1, 1, 5, 10, tzinfo=clock.ZONE)):
        invite()
        invite()
        rows = notices_to(chen, None).filter(kind="claim-commitment-invitation")
        assert [row.closed for row in with_closed(rows)] == [False]
        steps.committed(chen)
        assert [row.closed for row in with_closed(rows)] == [True]


def test_it_goes_with_its_member_who_was_entered_twice_and_back(world: World) -> None:
    twice = factories.member("陈晓宇", world.second, home_community=world.willow)
    road.accepted(world, twice)
    row = steps.committed(Actor(None, twice.pk, "陈晓宇"))
    why = {"reason": "名册号码录错，登记了两次", "evidence": "两份身份证复印件核对"}
    chen = world.people["chen"]
    merge = propose_merge(world.actor("dai"), person_id=chen.pk, number=twice.number, **why)
    assert own_commitment(world.actor("chen")) is None
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    assert own_commitment(world.actor("chen")) == row
    undo_merge(world.actor("deng"), merge_id=merge.pk)
    assert own_commitment(world.actor("chen")) is None
    assert own_commitment(Actor(None, twice.pk, "陈晓宇")) == row
