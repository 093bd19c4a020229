"""A reorganisation as one act: what goes along, ends or stands in its way, and its undoing."""

import pytest

from baodao.accounts.models import Grant
from baodao.agenda.queries.openings import own_community
from baodao.agenda.queries.suggestions import every_fit
from baodao.agenda.rules.searches import OfferSearch
from baodao.agenda.tables.suggestions import finds_of
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.claims.commands import claims
from baodao.claims.queries.seats import departed_seats
from baodao.kernel import clock, journal
from baodao.kernel.authz import SYSTEM, Permission
from baodao.kernel.errors import Refused
from baodao.ledger.queries.records import records
from baodao.needs.commands.needs import close_need
from baodao.needs.commands.requests import collect
from baodao.needs.queries.needs import needs_without_help
from baodao.needs.rules.requests import NeedFacts
from baodao.notices.models import Notice
from baodao.offers.commands import offers
from baodao.orgs.commands.organisations import reopen
from baodao.orgs.commands.reorganisations import reorganise, undo
from baodao.orgs.models import Organisation, Reorganisation, Successor
from baodao.orgs.queries.periods import tree_at
from baodao.orgs.queries.reorganisations import handover_lines, plan_of, undo_refusal
from baodao.orgs.queries.tree import ids_below, standing_of
from baodao.orgs.rules.handovers import Aim, Fate, Reform
from baodao.orgs.rules.tree import Kind, about
from baodao.partnership.commands import registrations
from baodao.partnership.queries import partner_community
from baodao.people.commands.transfers import propose_transfer
from baodao.people.models import Membership
from baodao.registration.commands import arrivals, placements, presentations
from baodao.registration.commands.letters import issue_letters
from baodao.registration.models import Registration
from baodao.registration.queries.desks import desk, host_counts, hosted
from baodao.registration.rules.states import State
from baodao.rosters.commands.roster import upload
from baodao.statements.commands.statements import return_statement, state
from baodao.statements.models import Statement
from baodao.teams.queries.teams import grid_counts
from tests import factories
from tests.ledger import steps as served
from tests.needs.steps import need
from tests.offers import steps as offered
from tests.partnership.test_unit_registrations import presented
from tests.registration import steps as road
from tests.world import World

REASON = "区划调整，街道文件〔2026〕8 号"


def done(world: World, organisation: Organisation, aim: Aim) -> Reorganisation:
    """Sun does it."""
    return reorganise(world.actor("sun"), organisation_id=organisation.pk, aim=aim, reason=REASON)


def undone(world: World, act: Reorganisation) -> None:
    undo(
        world.actor("sun"),
        reorganisation_id=act.pk,
        organisation_id=act.organisation_id,
    )


def succeeded(world: World, reform: Reform) -> Reorganisation:
    """An's community goes over to the one next door; split, a part of it to the north."""
    further = [world.north.pk] if reform is Reform.SPLIT else []
    return done(world, world.willow, Aim(reform, successor_id=world.bridge.pk, further=further))


def partner(world: World) -> None:
    """Deng's unit has An's community as its partner."""
    registrations.accept(world.actor("an"), unit_registration_id=presented(world).pk)


def stated_by(world: World) -> Statement:
    """What Chen tells An's community of a service."""
    service = served.entry(world.people["chen"].pk)
    return state(world.actor("chen"), community_id=world.willow.pk, entry=service)


def fresh(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_related("parent").get(pk=organisation.pk)


def merged(world: World) -> Reorganisation:
    """An's community into Bao's."""
    return done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))


def test_a_community_moved_to_another_street_keeps_its_ledger(world: World) -> None:
    served.hosted(world)
    record = served.record(world)
    before = set(records(world.actor("an")).values_list("id", flat=True))
    done(world, world.willow, Aim(Reform.MOVED, parent_id=world.north_street.pk))
    assert set(records(world.actor("an")).values_list("id", flat=True)) == before == {record.id}
    assert host_counts(world.actor("an"), fresh(world.willow)).answer().registered == 1
    assert world.willow.pk in ids_below(world.north_street.path)
    assert world.willow.pk not in ids_below(world.willow_street.path)


def test_a_merged_community_hangs_closed_below_its_successor(world: World) -> None:
    day = clock.now()
    merged(world)
    willow = fresh(world.willow)
    assert willow.closed_at is not None
    assert willow.parent == world.bridge
    assert fresh(world.grid).parent == fresh(world.team).parent == world.bridge
    assert fresh(world.grid).closed_at is None
    assert standing_of(willow) == world.bridge
    assert Successor.objects.get().how == "merged"
    then = tree_at(day, world.willow_street.path)
    assert then[world.willow.pk].parent_id == world.willow_street.pk
    assert then[world.grid.pk].parent_id == world.willow.pk
    assert world.willow.pk not in tree_at(clock.now())


def test_the_successor_sees_and_keeps_all_that_hung_on_it(world: World) -> None:
    chen = served.hosted(world)
    served.record(world)
    asked = need(world)
    merged(world)
    bao = world.actor("bao")
    assert [row.person for row in hosted(bao, world.bridge)] == [chen]
    assert host_counts(bao, world.bridge).answer().registered == 1
    assert records(bao).count() == 1
    assert list(needs_without_help(bao, world.bridge)) == [asked]
    assert not records(world.actor("an")).exists()
    [registration] = hosted(bao, world.bridge)
    assert registration.receipt_text
    placements.place(bao, registration_id=registration.pk, grid_id=world.grid.pk, team_id=None)
    assert grid_counts(world.bridge) == {world.grid.pk: 1}


def test_a_grid_whose_name_is_taken_is_called_after_where_it_came_from(world: World) -> None:
    factories.organisation(Kind.GRID, "第一网格", world.bridge)
    merged(world)
    assert fresh(world.grid).name == "柳荫社区第一网格"


def test_where_that_name_is_taken_too_it_has_a_number(world: World) -> None:
    for name in ("第一网格", "柳荫社区第一网格", "柳荫社区第一网格（2）"):
        factories.organisation(Kind.GRID, name, world.bridge)
    merged(world)
    assert fresh(world.grid).name == "柳荫社区第一网格（3）"


def test_a_letter_that_lay_before_it_is_received_by_the_successor(world: World) -> None:
    registration = road.submitted(world)
    merged(world)
    [row] = arrivals.accept(world.actor("bao"), registration_ids=[registration.pk]).done
    assert row.community == world.bridge


def test_a_letter_not_presented_yet_is_presented_to_the_successor(world: World) -> None:
    registration = road.issued(world)
    merged(world)
    presentations.present(world.actor("chen"), registration_id=registration.pk)
    assert desk(world.actor("bao"), world.bridge).count() == 1


def test_a_post_goes_on_and_its_members_are_recorded_by_the_successor(world: World) -> None:
    chen = offered.chen(world)
    offer = offered.published(world, starts_at=offered.hour(1), ends_at=offered.hour(1, 11))
    claims.claim(chen, offer_id=offer.pk)
    merged(world)
    bao = world.actor("bao")
    with clock.at(offered.hour(1, 12)):
        assert chen.person_id is not None
        turnout = Turnout([chen.person_id], minutes=120)
        [record] = record_roll(bao, offer_id=offer.pk, turnout=turnout).done
    assert record.community == world.bridge


@pytest.mark.parametrize("kind", ["post", "activity"])
def test_members_of_both_serve_in_one_community_and_keep_their_seats(
    world: World, kind: str
) -> None:
    [ours] = offered.registered(world, 1)
    person = factories.member("石桥的人", world.first, home_community=world.bridge)
    theirs = offered.actor_for(person)
    [letter] = issue_letters(world.actor("deng"), person_ids=[person.pk]).done
    arrivals.accept(world.actor("bao"), registration_ids=[letter.pk])
    old = offered.published(world, kind)
    merged(world)
    new = offered.published(world, kind, where=fresh(world.bridge))
    for actor in (ours, theirs):
        home = own_community(actor)
        offers_here = finds_of(every_fit(actor, home, OfferSearch()), OfferSearch(), home.community)
        assert {fit.offer for fit in offers_here.here} == {old, new}
        assert not offers_here.nearby
    offered.claimed(new, ours)
    offered.claimed(old, theirs)
    assert not departed_seats().exists()


def test_a_chain_of_mergers_is_undone_from_its_end(world: World) -> None:
    chen = served.hosted(world)
    before = tree_at(clock.now())
    first = merged(world)
    second = done(world, fresh(world.bridge), Aim(Reform.MERGED, successor_id=world.north.pk))
    with pytest.raises(Refused) as refused:
        undone(world, first)
    assert refused.value.code == "reorganisation.facts"
    undone(world, second)
    undone(world, first)
    assert fresh(world.willow).closed_at is fresh(world.bridge).closed_at is None
    assert fresh(world.willow).parent == fresh(world.bridge).parent == world.willow_street
    assert tree_at(clock.now()).keys() == before.keys()
    assert [row.person for row in hosted(world.actor("an"), fresh(world.willow))] == [chen]
    again = merged(world)
    facts = NeedFacts("楼道灯坏了", "convenience")
    collect(world.actor("bao"), community_id=world.bridge.pk, facts=facts)
    with pytest.raises(Refused):
        undone(world, again)


def test_grants_end_and_nobodys_reach_grows(world: World) -> None:
    merged(world)
    assert not world.actor("an").may(Permission.REGISTRATION_ACCEPT, world.willow.path)
    assert not world.actor("an").grants
    assert Grant.objects.filter(organisation=world.bridge, revoked_at=None).count() == 1


def test_a_partner_unit_has_the_successor_as_its_partner(world: World) -> None:
    partner(world)
    merged(world)
    assert partner_community(world.bureau) == world.bridge
    assert Notice.objects.filter(kind="partner-succeeded", organisation=world.bureau).exists()


def test_members_and_organisations_are_told(world: World) -> None:
    served.hosted(world)
    merged(world)
    told = set(Notice.objects.values_list("kind", "person", "organisation"))
    assert ("community-succeeded", world.people["chen"].pk, None) in told
    assert ("organisation-merged", None, world.bridge.pk) in told


def test_it_is_one_entry_of_the_journal(world: World) -> None:
    served.hosted(world)
    before = journal.entries().count()
    merged(world)
    [entry] = journal.entries().order_by("at")[before:]
    assert (entry.verb, entry.about) == ("organisation.merged", about(world.willow.pk))
    assert entry.facts["reason"] == REASON


def test_units_merge_with_their_branches_and_members(world: World) -> None:
    partner(world)
    done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    assert fresh(world.first).parent == world.commission
    assert fresh(world.bureau).parent == world.commission
    chen = Membership.objects.get(person=world.people["chen"], closed_at=None)
    assert chen.branch == world.first
    assert partner_community(world.bureau) is None


def test_who_is_to_be_taken_in_waits_for_the_successor(world: World) -> None:
    transfer = propose_transfer(
        world.actor("dai"),
        person_id=world.people["chen"].pk,
        unit_id=world.commission.pk,
        on=clock.today(),
    )
    other = factories.organisation(Kind.UNIT, "区水务局机关党委", world.east)
    act = done(world, world.commission, Aim(Reform.MERGED, successor_id=other.pk))
    transfer.refresh_from_db()
    assert transfer.unit == other
    undone(world, act)
    transfer.refresh_from_db()
    assert transfer.unit == world.commission


def test_members_of_a_branch_go_to_the_branch_it_is_merged_into(world: World) -> None:
    act = done(world, world.first, Aim(Reform.MERGED, successor_id=world.second.pk))
    chen = Membership.objects.filter(person=world.people["chen"]).order_by("recorded_at")
    assert [(row.branch, row.closed_at is None) for row in chen] == [
        (world.first, False),
        (world.second, True),
    ]
    assert Notice.objects.filter(kind="organisation-merged", person=world.people["chen"]).exists()
    undone(world, act)
    [row] = Membership.objects.filter(person=world.people["chen"])
    assert (row.branch, row.closed_at, row.to_on) == (world.first, None, None)


def test_a_community_is_split_and_its_grids_shared_out(world: World) -> None:
    aim = Aim(Reform.SPLIT, successor_id=world.bridge.pk, shares={world.grid.pk: world.north.pk})
    registration = road.accepted(world)
    placements.place(
        world.actor("an"), registration_id=registration.pk, grid_id=world.grid.pk, team_id=None
    )
    done(world, world.willow, aim)
    assert fresh(world.grid).parent == world.north
    assert fresh(world.team).parent == fresh(world.willow).parent == world.bridge
    [row] = hosted(world.actor("bao"), world.bridge)
    assert row.grid is None
    assert Successor.objects.count() == 2


def test_what_is_not_empty_is_not_dissolved(world: World) -> None:
    asked = need(world)
    for organisation, what in ((world.willow, "need"), (world.first, "member")):
        with pytest.raises(Refused, match=r"organisation\.in-the-way") as refusal:
            done(world, organisation, Aim(Reform.DISSOLVED))
        assert "1" in refusal.value.text(), what
    asked.delete()
    registration = road.accepted(world)
    done(world, world.willow, Aim(Reform.DISSOLVED))
    assert road.fresh(registration).state == State.ENDED
    assert fresh(world.grid).closed_at is not None
    assert Notice.objects.filter(kind="registration-ended").exists()


def test_what_a_community_took_over_hangs_on_it_when_it_is_dissolved_too(world: World) -> None:
    """Rows of a community that was merged into it before stand in the way and end with its own."""
    chen, asked = served.hosted(world), need(world)
    stated = stated_by(world)
    merged(world)
    dissolved = Aim(Reform.DISSOLVED)
    fates = {
        line.fate: line.count for line in handover_lines(plan_of(fresh(world.bridge), dissolved))
    }
    assert fates[Fate.STANDS] == 1
    with pytest.raises(Refused, match=r"organisation\.in-the-way"):
        done(world, world.bridge, dissolved)
    bao = world.actor("bao")
    close_need(bao, need_id=asked.pk, met=False, reason="社区撤销")
    with pytest.raises(Refused, match=r"organisation\.in-the-way"):
        done(world, world.bridge, dissolved)
    return_statement(bao, statement_id=stated.pk, reason="社区撤销")
    act = done(world, world.bridge, dissolved)
    row = Registration.objects.get(person=chen)
    assert (row.state, row.community) == (State.ENDED, world.willow)
    assert fresh(world.willow).closed_at != fresh(world.bridge).closed_at
    undone(world, act)
    row.refresh_from_db()
    assert row.state == State.ACCEPTED


def test_a_closed_organisation_accepts_nothing_any_more(world: World) -> None:
    registration = road.issued(world)
    sun = world.actor("sun")
    an = world.actor("an")
    Organisation.objects.filter(pk=world.willow.pk).update(closed_at=clock.now())
    Organisation.objects.filter(pk=world.bureau.pk).update(closed_at=clock.now())
    facts = NeedFacts("三号楼楼道灯坏了", "convenience")
    closed = r"organisation\.is-closed"
    with pytest.raises(Refused, match=closed):
        presentations.present(world.actor("chen"), registration_id=registration.pk)
    with pytest.raises(Refused, match=closed):
        offers.draft(an, community_id=world.willow.pk, facts=offered.facts())
    with pytest.raises(Refused, match=closed):
        collect(an, community_id=world.willow.pk, facts=facts)
    with pytest.raises(Refused, match=closed):
        upload(world.actor("dai"), unit_id=world.bureau.pk, file_name="名册.xlsx", content=b"")
    with pytest.raises(Refused, match=closed):
        reorganise(
            sun, organisation_id=world.willow.pk, aim=Aim(Reform.RENAMED, name="新"), reason=REASON
        )


def test_a_merger_is_undone_until_the_first_fact(world: World) -> None:
    chen = offered.chen(world)
    registration = road.submitted(world, road.members(world, 1)[0])
    offered.claimed(offered.published(world), chen)
    rows = Organisation.objects.order_by("pk").values_list("pk", "path", "name", "closed_at")
    before = list(rows)
    act = merged(world)
    undone(world, act)
    assert list(rows) == before
    assert road.fresh(registration).community_id == world.willow.pk
    assert len(world.actor("an").grants) == 1
    assert not Successor.objects.exists()
    assert desk(world.actor("an"), fresh(world.willow)).count() == 1
    again = merged(world)
    note = journal.Act("claim.ended", world.people["chen"].pk, world.bridge.pk)
    journal.write_many(SYSTEM, [note])
    assert undo_refusal(again) is None, "the work of a night stands in nobody's way"
    arrivals.accept(world.actor("bao"), registration_ids=[registration.pk])
    refusal = undo_refusal(again)
    assert refusal is not None
    with pytest.raises(Refused, match=r"reorganisation\.facts"):
        undone(world, again)


def restored() -> set[tuple[object, object]]:
    rows = Notice.objects.filter(kind="organisation-restored")
    return set(rows.values_list("person", "organisation"))


def test_whoever_was_told_of_a_merger_is_told_that_it_was_undone(world: World) -> None:
    partner(world)
    served.hosted(world)
    act = merged(world)
    told = set(Notice.objects.filter(kind="community-succeeded").values_list("person", flat=True))
    assert told
    undone(world, act)
    organisations = {world.willow.pk, world.bridge.pk, world.bureau.pk}
    expected = {(person, None) for person in told} | {(None, one) for one in organisations}
    assert restored() == expected


def test_units_are_told_of_their_members_when_a_community_is_dissolved(world: World) -> None:
    road.accepted(world)
    act = done(world, world.willow, Aim(Reform.DISSOLVED))
    assert Notice.objects.filter(kind="member-ended", organisation=world.bureau).exists()
    undone(world, act)
    assert (None, world.bureau.pk) in restored()
    assert (world.people["chen"].pk, None) in restored()


@pytest.mark.parametrize("reform", [Reform.RENAMED, Reform.MOVED, Reform.DISSOLVED])
def test_every_other_act_is_undone_too(world: World, reform: Reform) -> None:
    partner(world)
    road.accepted(world)
    before = list(Organisation.objects.order_by("pk").values_list("path", "name", "closed_at"))
    aim = Aim(
        reform,
        name="杨荫社区" if reform is Reform.RENAMED else "",
        parent_id=world.north_street.pk if reform is Reform.MOVED else None,
    )
    act = done(world, world.willow, aim)
    after = list(Organisation.objects.order_by("pk").values_list("path", "name", "closed_at"))
    assert after != before
    undone(world, act)
    rows = Organisation.objects.order_by("pk").values_list("path", "name", "closed_at")
    assert list(rows) == before
    assert host_counts(world.actor("an"), fresh(world.willow)).answer().registered == 1
    assert partner_community(world.bureau) == world.willow


def test_the_preview_says_what_happens_without_doing_it(world: World) -> None:
    served.hosted(world)
    plan = plan_of(world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    lines = handover_lines(plan)
    assert {line.fate for line in lines} == {Fate.GOES, Fate.ENDS}
    assert fresh(world.willow).closed_at is None


@pytest.mark.parametrize("key", ["north_street", "willow", "commission"])
def test_only_another_open_one_of_the_same_kind_takes_over(world: World, key: str) -> None:
    with pytest.raises(Refused, match=r"organisation\.no-successor"):
        done(world, world.willow, Aim(Reform.MERGED, successor_id=world.places[key].pk))


def test_a_street_is_not_merged(world: World) -> None:
    aim = Aim(Reform.MERGED, successor_id=world.north_street.pk)
    with pytest.raises(Refused, match=r"organisation\.no-such-reform"):
        done(world, world.willow_street, aim)


def test_what_another_took_over_is_not_opened_again_by_itself(world: World) -> None:
    done(world, world.bridge, Aim(Reform.MERGED, successor_id=world.willow.pk))
    with pytest.raises(Refused, match=r"organisation\.taken-over"):
        reopen(world.actor("sun"), organisation_id=world.bridge.pk)
    assert fresh(world.bridge).closed_at is not None
