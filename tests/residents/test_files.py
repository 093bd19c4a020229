"""Files of households: switched on, made, opened, moved, deleted, and who reads what of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from baodao.accounts.commands.switches import end_switch, propose_switch
from baodao.accounts.models import Switch
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.claims.commands import claims
from baodao.claims.commands.decisions import decide_claims
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.needs.rules.requests import NeedFacts
from baodao.offers.commands.offers import cancel
from baodao.orgs.commands.policies import set_policy
from baodao.pairings.commands.pairings import describe_household, end_pairing, pair_household
from baodao.pairings.models import PairedHousehold
from baodao.residents.commands import files as commands
from baodao.residents.commands import measures
from baodao.residents.commands.people import add_resident, remove_resident, unmask_children
from baodao.residents.models import HouseholdFile, Resident, SealedHousehold, SupportMeasure
from baodao.residents.queries.counts import file_counts, last_quarter
from baodao.residents.queries.files import files_in, outlines, readings_of, stories_of
from baodao.residents.queries.people import residents_of
from baodao.residents.queries.waiting import due_count, expiring_count
from baodao.residents.rules.entries import HouseholdEntry
from baodao.residents.rules.households import SupportFacts
from baodao.residents.rules.policies import EXPIRY_DAYS, MORE_CATEGORIES
from baodao.residents.tasks import forget_files
from baodao.visits.commands.contacts import entrust_filed_household, read_contact_household
from baodao.visits.commands.visits import make_household_need
from baodao.visits.rules.contacts import ContactTerm
from tests.offers import steps as offered
from tests.pairings.steps import FORTNIGHT, pairing
from tests.registration.browsing import browser, text
from tests.residents import steps
from tests.visits.steps import visit
from tests.world import World

WHY = "上门走访前核对地址"


def test_nothing_is_kept_before_an_assessment_is_on_file_and_two_turned_it_on(
    world: World,
) -> None:
    with pytest.raises(Refused, match=r"household\.off"):
        steps.file(world)
    words = {"basis": "文件", "approver": "王书记", "ends_on": steps.day(30)}
    with pytest.raises(Refused, match=r"switch\.unassessed"):
        propose_switch(
            world.actor("sun"), key=HOUSEHOLD_FILES, organisation_id=world.city.pk, **words
        )
    steps.on(world, "willow_street")
    assert steps.file(world).number.endswith("-0001")
    with pytest.raises(Refused, match=r"switch\.unassessed"):
        propose_switch(
            world.actor("sun"), key=HOUSEHOLD_FILES, organisation_id=world.north.pk, **words
        )


def test_nothing_of_a_household_lies_in_clear_in_any_table(world: World) -> None:
    row = steps.full_file(steps.on(world))
    commands.unmask_household(world.actor("an"), file_id=row.pk, reason=WHY)
    measures.note_measure(
        world.actor("an"), measure_id=row.measures.get().pk, done_on=steps.day(0), outcome="已受理"
    )
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            kept = "".join(line for (line,) in cursor.fetchall())
            assert not [secret for secret in steps.SECRETS if secret in kept], table


def test_a_file_is_the_community_s_and_nobody_else_s(world: World) -> None:
    row = steps.full_file(steps.on(world))
    for name in ("bao", "fan", "deng", "chen", "sun", "gu"):
        actor = world.actor(name)
        assert not files_in(actor, world.willow).exists(), name
        with pytest.raises(Absent):
            commands.unmask_household(actor, file_id=row.pk, reason=WHY)
        with pytest.raises(Absent):
            commands.show_household(actor, file_id=row.pk, reason=WHY)
        with pytest.raises(Absent):
            commands.forget_household(actor, file_id=row.pk, ending="wish", reason="本人要求")
        with pytest.raises(Absent):
            commands.seek_households(
                actor, community_id=world.willow.pk, name="高凤英", phone="", reason=WHY
            )
    assert commands.unmask_household(world.actor("ji"), file_id=row.pk, reason=WHY) == steps.GAO


def test_it_is_opened_with_a_reason_that_names_nobody_and_stands_in_its_log(world: World) -> None:
    row, an = steps.full_file(steps.on(world)), world.actor("an")
    with pytest.raises(Refused):
        commands.unmask_household(an, file_id=row.pk, reason=" ")
    with pytest.raises(Refused, match=r"household\.names"):
        commands.unmask_household(an, file_id=row.pk, reason="去看高凤英")
    commands.unmask_household(an, file_id=row.pk, reason=WHY)
    assert [(one.actor_name, one.facts["reason"]) for one in readings_of(row)] == [(an.name, WHY)]


def test_children_are_behind_a_right_of_their_own(world: World) -> None:
    row, an, ji = steps.full_file(steps.on(world)), world.actor("an"), world.actor("ji")
    with pytest.raises(Refused, match=r"household\.child"):
        add_resident(an, file_id=row.pk, resident=steps.grandchild())
    [child] = residents_of(row).children
    with pytest.raises(Refused, match=r"household\.child"):
        remove_resident(an, file_id=row.pk, resident_id=child.pk)
    with pytest.raises(Absent):
        unmask_children(an, file_id=row.pk, reason=WHY)
    assert [one.name for one in unmask_children(ji, file_id=row.pk, reason=WHY)] == ["高小满"]
    assert [one.name for one in residents_of(row).adults] == ["高建国"]
    assert readings_of(row).get().verb == "household.children-opened"
    remove_resident(ji, file_id=row.pk, resident_id=child.pk)
    assert Resident.objects.count() == 1


def test_nobody_is_written_down_twice_and_nobody_as_they_are_spoken_of(world: World) -> None:
    row, an = steps.full_file(steps.on(world)), world.actor("an")
    with pytest.raises(Refused, match=r"household\.person-twice"):
        add_resident(an, file_id=row.pk, resident=steps.SON)
    add_resident(an, file_id=row.pk, resident=replace(steps.SON, born=1975))
    spoken_of = replace(steps.GAO, name="何师傅")
    with pytest.raises(Refused, match=r"household\.name"):
        commands.write_household(an, file_id=row.pk, entry=spoken_of)
    with pytest.raises(Refused, match=r"household\.name"):
        steps.file(world, spoken_of)


def test_the_same_household_is_asked_about_and_never_merged_in_silence(world: World) -> None:
    steps.file(steps.on(world))
    with pytest.raises(Refused, match=r"household\.twice"):
        steps.file(world)
    with pytest.raises(Refused, match=r"household\.twice"):
        steps.file(world, HouseholdEntry("高凤英", "独居"))
    other = HouseholdEntry("高凤英", "独居", "19900008882")
    assert steps.file(world, other)
    assert steps.file(world, another=True)
    assert steps.file(world, who="bao", place=world.bridge)
    found = commands.seek_households(
        world.actor("an"),
        community_id=world.willow.pk,
        name="高凤英",
        phone="19900008882",
        reason=WHY,
    )
    assert len(found) == 1
    assert "高凤英" not in str(JournalEntry.objects.filter(verb="household.sought").values_list())


def test_a_family_that_moved_leaves_an_outline_behind(world: World) -> None:
    row, an = steps.full_file(steps.on(world, "willow_street")), world.actor("an")
    move = {"file_id": row.pk, "reason": "搬到石桥"}
    with pytest.raises(Refused, match=r"household\.off-there"):
        commands.move_household(an, community_id=world.north.pk, **move)
    commands.move_household(an, community_id=world.bridge.pk, **move)
    with pytest.raises(Absent):
        commands.unmask_household(an, file_id=row.pk, reason=WHY)
    assert not files_in(an, world.willow).exists()
    assert [one.file.number for one in outlines(an, world.willow)] == [row.number]
    bao = world.actor("bao")
    assert commands.unmask_household(bao, file_id=row.pk, reason=WHY) == steps.GAO
    assert not outlines(bao, world.bridge).exists()
    commands.move_household(bao, community_id=world.willow.pk, file_id=row.pk, reason="搬回")
    assert not outlines(an, world.willow).exists()


def test_its_day_deletes_it_and_leaves_an_entry_without_facts(world: World) -> None:
    row = steps.full_file(steps.on(world))
    later = steps.file(world, HouseholdEntry("马秀英", "独居"), basis=steps.basis(400))
    forget_files()
    assert HouseholdFile.objects.filter(ended_at=None).count() == 2
    with clock.at(clock.end_of(steps.day(365))):
        forget_files()
    row.refresh_from_db()
    assert (row.ending, row.entry_id, row.categories, row.grade) == ("expired", None, [], "")
    assert (Resident.objects.count(), SupportMeasure.objects.count()) == (0, 0)
    assert [one.pk for one in SealedHousehold.objects.all()] == [later.entry_id]
    assert row.number in str(JournalEntry.objects.filter(verb="household.deleted").values_list())


def test_it_is_deleted_when_the_household_asks_also_where_it_is_off_again(world: World) -> None:
    row, an = steps.full_file(steps.on(world)), world.actor("an")
    with clock.at(clock.now() + timedelta(days=60)):
        with pytest.raises(Refused, match=r"household\.off"):
            commands.unmask_household(an, file_id=row.pk, reason=WHY)
        assert commands.show_household(an, file_id=row.pk, reason="本户要求查阅")
        with pytest.raises(Refused, match=r"household\.ending"):
            commands.forget_household(an, file_id=row.pk, ending="expired", reason="到期")
        commands.forget_household(an, file_id=row.pk, ending="wish", reason="本人要求")
    assert not SealedHousehold.objects.exists()
    with pytest.raises(Absent):
        commands.forget_household(an, file_id=row.pk, ending="wish", reason="本人要求")


def test_a_basis_has_versions_and_sets_the_day(world: World) -> None:
    row, an = steps.file(steps.on(world), basis=steps.basis(20)), world.actor("an")
    assert files_in(an, world.willow).get().expiring
    set_policy(world.actor("sun"), organisation_id=world.city.pk, policy=EXPIRY_DAYS, value=7)
    assert not files_in(an, world.willow).get().expiring
    commands.renew_basis(an, file_id=row.pk, basis=steps.basis(500, "duty"))
    with pytest.raises(Refused, match=r"household\.kept-until"):
        commands.renew_basis(an, file_id=row.pk, basis=steps.basis(1097))
    assert [(one.version, one.kind) for one in row.bases.order_by("version")] == [
        (1, "consent"),
        (2, "duty"),
    ]
    assert files_in(an, world.willow).get().kept_until == steps.day(500)


def test_an_authority_adds_difficulties_and_what_was_chosen_stays(world: World) -> None:
    steps.on(world)
    sun, an = world.actor("sun"), world.actor("an")
    set_policy(sun, organisation_id=world.city.pk, policy=MORE_CATEGORIES, value=("失独家庭",))
    row = steps.file(world, categories=["失独家庭", "alone"])
    assert row.categories == ["alone", "失独家庭"]
    with pytest.raises(Refused, match=r"household\.category"):
        commands.set_support(an, file_id=row.pk, support=SupportFacts(["有车"], "light"))
    set_policy(sun, organisation_id=world.city.pk, policy=MORE_CATEGORIES, value=())
    commands.set_support(an, file_id=row.pk, support=SupportFacts(row.categories, "light"))
    row.refresh_from_db()
    assert (row.categories, row.grade) == (["alone", "失独家庭"], "light")


def test_measures_are_done_or_dropped_once(world: World) -> None:
    row, an = steps.file(steps.on(world)), world.actor("an")
    first, second = steps.measure(world, row), steps.measure(world, row)
    assert files_in(an, world.willow).get().due_on == steps.day(10)
    with pytest.raises(Refused, match=r"household\.done-on"):
        measures.note_measure(an, measure_id=first.pk, done_on=steps.day(1), outcome="已受理")
    measures.note_measure(an, measure_id=first.pk, done_on=steps.day(0), outcome="已受理")
    measures.drop_measure(an, measure_id=second.pk, reason="已另行安排")
    with pytest.raises(Refused, match=r"household\.measure-over"):
        measures.note_measure(an, measure_id=first.pk, done_on=steps.day(0), outcome="又一次")
    with pytest.raises(Absent):
        measures.drop_measure(world.actor("bao"), measure_id=second.pk, reason="不办")
    assert files_in(an, world.willow).get().due_on is None
    assert [one.outcome for one in SupportMeasure.objects.order_by("pk")] == [
        "已受理",
        "已另行安排",
    ]


def test_the_entry_of_a_pairing_outlives_nothing_that_needs_it(world: World) -> None:
    offer = pairing(world)
    entry_id = PairedHousehold.objects.get().household_id
    row = steps.file(steps.on(world))
    HouseholdFile.objects.filter(pk=row.pk).update(entry=entry_id)
    an = world.actor("an")
    with pytest.raises(Refused, match=r"household\.offered"):
        commands.forget_household(an, file_id=row.pk, ending="helped", reason="困难解除")
    chen = offered.chen(world)
    claim = claims.claim(chen, offer_id=offer.pk)
    decide_claims(an, claim_ids=[claim.pk], approve=True)
    commands.forget_household(an, file_id=row.pk, ending="helped", reason="困难解除")
    kept = SealedHousehold.objects.get(pk=entry_id)
    assert (kept.name != "", kept.hardship) == (True, ""), "who helps still knows whom"
    end_pairing(an, offer_id=offer.pk, reason="helped")
    assert SealedHousehold.objects.filter(pk=entry_id).exists(), "kept some days after the end"


def test_its_day_calls_off_a_pairing_that_nobody_has_taken_on(world: World) -> None:
    """It would name the household to who takes it on; one that is taken on stays."""
    chen, row = offered.chen(world), steps.full_file(steps.on(world))
    words = offered.facts("pairing", places=1, particulars=FORTNIGHT)
    taken, untaken = (
        pair_household(world.actor("an"), file_id=row.pk, facts=replace(words, title=title))
        for title in ("陪伴独居老人", "辅导孩子")
    )
    claim = claims.claim(chen, offer_id=taken.pk)
    decide_claims(world.actor("an"), claim_ids=[claim.pk], approve=True)
    with clock.at(clock.end_of(steps.day(365))):
        forget_files()
    taken.refresh_from_db()
    untaken.refresh_from_db()
    assert taken.state == "published"
    assert (untaken.state, untaken.ended_reason) == ("cancelled", "该户档案保存期满。")


def test_what_is_done_for_a_household_points_at_its_one_entry(world: World) -> None:
    offered.chen(world)
    row, an, ji = steps.full_file(steps.on(world)), world.actor("an"), world.actor("ji")
    term, chen = ContactTerm(steps.day(0)), world.people["chen"].pk
    facts = {"file_id": row.pk, "person_id": chen, "term": term}
    with pytest.raises(Refused, match=r"offer\.names"):
        entrust_filed_household(ji, title="看望高凤英", **facts)
    with pytest.raises(Absent):
        entrust_filed_household(an, title="独居老人", **facts)
    contact = entrust_filed_household(ji, title="独居老人", **facts)
    assert read_contact_household(world.actor("chen"), contact_id=contact.pk) == steps.GAO
    words = offered.facts("pairing", title="陪伴独居老人", places=1, particulars=FORTNIGHT)
    with pytest.raises(Refused, match=r"offer\.names"):
        pair_household(an, file_id=row.pk, facts=replace(words, title="陪伴高凤英"))
    offer = pair_household(an, file_id=row.pk, facts=words)
    assert SealedHousehold.objects.count() == 1
    with pytest.raises(Refused, match=r"pairing\.filed"):
        describe_household(an, offer_id=offer.pk, entry=HouseholdEntry("别人", "独居"))
    with pytest.raises(Refused, match=r"offer\.names"):
        make_household_need(an, file_id=row.pk, facts=NeedFacts("高凤英家装扶手", "relief"))
    need = make_household_need(an, file_id=row.pk, facts=NeedFacts("卫生间装扶手", "relief"))
    visit(world.actor("chen"), contact, heard="想装扶手")
    told = [line.words for line in stories_of(an, row)]
    assert len(told) == 3, "a visit, a need, a pairing"
    assert not [secret for secret in steps.SECRETS if secret in "".join(told)]
    anew = HouseholdEntry("高凤英", "已出院", "19900008881", "2号楼")
    commands.write_household(an, file_id=row.pk, entry=anew)
    assert read_contact_household(world.actor("chen"), contact_id=contact.pk) == anew
    with pytest.raises(Refused, match=r"household\.offered"):
        commands.forget_household(an, file_id=row.pk, ending="wish", reason="本人要求")
    cancel(an, offer_id=offer.pk, reason="本户不需要了")
    commands.forget_household(an, file_id=row.pk, ending="wish", reason="本人要求")
    left = replace(anew, hardship="")
    assert read_contact_household(world.actor("chen"), contact_id=contact.pk) == left
    assert need.state == "collected"


def test_an_authority_reads_counts_in_steps_of_quarters_that_are_over(world: World) -> None:
    steps.on(world)
    last = last_quarter()
    with clock.at(clock.end_of(last.last) - timedelta(days=1)):
        world.turned_on(HOUSEHOLD_FILES)
        for number in range(7):
            steps.file(world, HouseholdEntry(f"户主{number}", "独居"))
        for number in range(4):
            entry = HouseholdEntry(f"户主{number}", "独居")
            steps.file(world, entry, who="bao", place=world.bridge)
    for number in range(7, 12):
        steps.file(world, HouseholdEntry(f"户主{number}", "独居"))
    fan = world.actor("fan")
    street = file_counts(fan, world.willow_street, last)
    assert [(one.place.name, one.at_least) for one in street] == [("柳荫社区", 5), ("石桥社区", 0)]
    district = file_counts(fan, world.east, last)
    assert [one.at_least for one in district] == [5, 0]
    assert file_counts(world.actor("deng"), world.west, last) == []
    page = text(browser(world, "fan").get("/households/counts/"))
    assert "fewer than 5" in page or "少于 5" in page
    assert "户主" not in page
    assert browser(world, "an").get("/households/counts/").status_code == 404


def test_what_is_due_and_what_is_deleted_soon_waits_on_the_first_page_where_files_are_on(
    world: World,
) -> None:
    row, an = steps.full_file(steps.on(world)), world.actor("an")
    steps.file(world, replace(steps.GAO, name="李善良"), basis=steps.basis(40))
    assert (due_count(an, world.willow).answer(), expiring_count(an, world.willow).answer()) == (
        0,
        0,
    )
    with clock.at(clock.now() + timedelta(days=15)):
        assert due_count(an, world.willow).answer() == 1
        assert expiring_count(an, world.willow).answer() == 1
        assert due_count(world.actor("bao"), world.willow).answer() == 0
        page = text(browser(world, "an").get("/", follow=True))
        assert "户的帮扶措施该落实了" in page
        assert "份民情档案即将期满" in page
        due = text(browser(world, "an").get("/households/?state=due"))
        assert row.number in due
        assert "李" not in due
        switch = Switch.objects.get(key=HOUSEHOLD_FILES)
        end_switch(world.actor("sun"), switch_id=switch.pk, reason="评估到期")
        assert due_count(an, world.willow).answer() == 0
