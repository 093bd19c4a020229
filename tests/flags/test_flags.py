"""Every night what was recorded is looked through; a human above the community decides."""

from datetime import date, timedelta

import pytest

from baodao.accounts.models import Account
from baodao.flags import tasks
from baodao.flags.commands.flags import ask_about, dismiss, explain, note_flags
from baodao.flags.models import Flag
from baodao.flags.queries import flags as queries
from baodao.identities.commands.merges import confirm_merge, propose_merge, undo_merge
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM, Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.commands.corrections import correct, reverse
from baodao.ledger.rules.records import Entry
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import Aim, Reform
from tests import factories
from tests.flags import steps
from tests.flags.steps import MORNING, NIGHT, WORDS, night_flag, noted, typed
from tests.ledger import steps as ledger
from tests.orgs.test_reorganisations import done
from tests.registration import steps as registration
from tests.world import World

OCTOBER = date(2026, 10, 1)


def days(count: int, first: date = OCTOBER) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


def test_a_service_typed_by_day_and_one_behind_an_offer_do_not_stand_out(world: World) -> None:
    chen = ledger.hosted(world)
    typed(world, chen)
    ledger.record(world, served_on=ledger.DAY + timedelta(days=1))
    assert noted() == []


def test_what_is_typed_in_the_night_is_noted_once(world: World) -> None:
    row = night_flag(world)
    assert row.patterns == {"alone": {}, "night": {"hour": "01:40"}}
    assert noted() == [row]
    assert note_flags(SYSTEM) == 0


def test_several_services_typed_just_after_somebody_was_received_stand_out(world: World) -> None:
    with clock.at(MORNING):
        chen, other = (ledger.hosted(world, one) for one in registration.members(world, 2))
    typed(world, other, MORNING + timedelta(minutes=4), served_on=OCTOBER)
    typed(world, chen, MORNING + timedelta(hours=13), served_on=OCTOBER)
    wrong = typed(
        world, other, MORNING + timedelta(minutes=8), served_on=OCTOBER + timedelta(days=1)
    )
    reverse(world.actor("an"), community_id=world.willow.pk, record_id=wrong.id, reason="录错")
    typed(world, other, MORNING + timedelta(minutes=9), served_on=OCTOBER + timedelta(days=2))
    for number, day in enumerate(days(3, OCTOBER + timedelta(days=9))):
        typed(world, chen, MORNING + timedelta(hours=3 * number + 5), served_on=day)
    rows = noted()
    assert [row.patterns for row in rows] == [{"alone": {}, "fresh": {"count": 3}}] * 3
    [*near] = queries.evidence(world.actor("fan"), rows[0])["fresh"]
    assert near == [rows[1].record, rows[2].record]


def test_the_fourth_day_in_the_same_words_flags_the_three_before(world: World) -> None:
    """Though each was looked at on its own night; what twenty did on one day, and what is always
    called so, is not that."""
    crowd = [ledger.hosted(world, person) for person in registration.members(world, 5)]
    for person in crowd:
        typed(world, person, result=WORDS, served_on=OCTOBER)
    for number, day in enumerate(days(4, OCTOBER + timedelta(days=1))):
        typed(world, crowd[number], result=WORDS, served_on=day)
        typed(world, crowd[4], result="楼道保洁", served_on=day)
    for day in days(2, OCTOBER + timedelta(days=8)):
        typed(world, crowd[0], result=WORDS, served_on=day)
        assert Flag.objects.count() == 0
        rows = noted()
    assert {row.record.person_id for row in rows} == {crowd[0].pk}
    assert [row.patterns for row in rows] == [{"alone": {}, "text": {"days": 4}}] * 4
    near = queries.evidence(world.actor("fan"), rows[0])["text"]
    assert near == [row.record for row in rows[1:]], "of this person, not of others"


def test_eight_long_services_in_one_sitting_stand_out_and_seven_do_not(world: World) -> None:
    chen, other = (ledger.hosted(world, one) for one in registration.members(world, 2))
    for number, day in enumerate(days(8)):
        typed(world, chen, MORNING + timedelta(minutes=number), served_on=day, minutes=240)
        typed(world, other, MORNING + timedelta(minutes=2 * number), served_on=day, minutes=300)
    rows = noted()
    assert {row.record.person_id for row in rows} == {chen.pk}
    assert [row.patterns["sitting"] for row in rows] == [{"count": 8}] * 8


def test_a_crowded_day_is_counted_over_all_communities(world: World) -> None:
    chen = ledger.hosted(world)
    typed(world, chen, minutes=400, began_at=ledger.at(6))
    far = ledger.entry(chen.pk, minutes=330, began_at=ledger.at(14))
    assert noted() == []
    ledger.recorded(world, far, who="bao", where="bridge")
    rows = noted()
    assert {row.community.name for row in rows} == {"柳荫社区", "石桥社区"}
    assert {row.patterns["day"]["minutes"] for row in rows} == {730}


def test_what_was_done_elsewhere_is_evidence_without_its_words(world: World) -> None:
    chen = ledger.hosted(world)
    world.accounts["far"] = factories.account("云工", Role.COMMUNITY_WORKER, world.cloud)
    typed(world, chen, minutes=400, began_at=ledger.at(6), result="打扫楼道")
    far = ledger.entry(chen.pk, minutes=330, began_at=ledger.at(14), result="陪王奶奶看病")
    ledger.recorded(world, far, who="far", where="cloud")
    row = next(row for row in noted() if row.community == world.willow)
    near = queries.evidence(world.actor("fan"), row)["day"]
    assert {(one.community.name, one.result) for one in near} <= {("云水社区", "")}
    assert not queries.same_day(world.actor("fan"), row).exists()
    assert queries.evidence(world.actor("fan"), row)["day"]


def test_a_crowded_week_and_month_stand_out(world: World) -> None:
    chen, other = (ledger.hosted(world, one) for one in registration.members(world, 2))
    monday = date(2026, 10, 5)
    for number, day in enumerate(days(6, monday)):
        typed(world, chen, MORNING + timedelta(hours=number), served_on=day, minutes=610)
    for number, day in enumerate(days(31)):
        typed(world, other, MORNING + timedelta(hours=number), served_on=day, minutes=400)
    rows = noted()
    weeks = [row for row in rows if row.record.person_id == chen.pk]
    assert {row.patterns["week"]["minutes"] for row in weeks} == {3660}
    months = [row for row in rows if row.record.person_id == other.pk]
    assert {row.patterns["month"]["minutes"] for row in months} == {12400}


def test_what_was_reversed_counts_in_no_pattern(world: World) -> None:
    chen = ledger.hosted(world)
    first = typed(world, chen, NIGHT, minutes=700)
    reverse(world.actor("an"), community_id=world.willow.pk, record_id=first.id, reason="录错")
    typed(world, chen, minutes=100)
    assert noted() == []


def test_nights_on_which_the_worker_was_off_are_made_up(world: World) -> None:
    chen = ledger.hosted(world)
    for day in days(3):
        typed(world, chen, NIGHT + timedelta(days=day.day), served_on=day)
    assert note_flags(SYSTEM, community_ids=[world.places["bridge"].pk]) == 0
    while note_flags(SYSTEM, community_ids=[world.willow.pk], most=2):
        pass
    assert Flag.objects.count() == 3
    typed(world, chen, NIGHT + timedelta(days=9), served_on=OCTOBER + timedelta(days=9))
    tasks.note(0)
    assert Flag.objects.count() == 4


def test_the_authority_above_sees_a_flag_and_the_community_sees_none(world: World) -> None:
    row = night_flag(world)
    assert queries.to_look_at(world.actor("fan")).get() == row
    for name in ("an", "ji", "bao", "chen", "deng", "qin", "sun"):
        assert not queries.flags(world.actor(name)).exists(), name
        assert not queries.flags_to_explain(world.actor(name)).exists(), name
        with pytest.raises(Absent):
            dismiss(world.actor(name), flag_id=row.pk, reason="没有问题")
        with pytest.raises(Absent):
            explain(world.actor(name), flag_id=row.pk, explanation="补录")
    assert not Notice.objects.filter(kind__startswith="flag-").exists()


def test_nobody_looks_through_what_they_served_or_entered(world: World) -> None:
    row = night_flag(world)
    an: Account = world.accounts["an"]
    an.grants.create(role=Role.SUPERVISOR, organisation=world.east)
    world.accounts["chen"].grants.create(role=Role.SUPERVISOR, organisation=world.east)
    for name in ("an", "chen"):
        with pytest.raises(Absent):
            dismiss(world.actor(name), flag_id=row.pk, reason="没有问题")
    street = factories.account("柳街", Role.SUPERVISOR, world.willow_street)
    other = factories.account("云街", Role.SUPERVISOR, world.cloud_street)
    world.accounts |= {"street": street, "other": other}
    assert queries.to_look_at(world.actor("street")).count() == 1
    assert not queries.to_look_at(world.actor("other")).exists()


def test_a_flag_is_dismissed_with_a_reason(world: World) -> None:
    row, fan = night_flag(world), world.actor("fan")
    with pytest.raises(Refused, match=r"reason\.missing"):
        dismiss(fan, flag_id=row.pk, reason=" ")
    dismiss(fan, flag_id=row.pk, reason="防汛值守，夜里在社区")
    row.refresh_from_db()
    assert (row.state, row.dismissed_by) == ("dismissed", "范立")
    assert not queries.to_look_at(fan).exists()
    with pytest.raises(Refused, match=r"flag\.dismissed"):
        dismiss(fan, flag_id=row.pk, reason="再看一次")
    entry = JournalEntry.objects.get(verb="flag.dismissed")
    assert (entry.about, entry.facts["reason"]) == (row.record_id, "防汛值守，夜里在社区")


def test_the_community_explains_and_the_authority_decides_again(world: World) -> None:
    row, fan, an = night_flag(world), world.actor("fan"), world.actor("an")
    ask_about(fan, flag_id=row.pk, question="为什么在凌晨录入？")
    assert queries.to_explain(an, world.willow).get() == row
    assert not queries.to_look_at(fan).exists()
    assert not queries.flags_to_explain(world.actor("bao")).exists()
    asked = Notice.objects.get(kind="flag-asked")
    assert (asked.organisation, asked.facts["reason"]) == (world.willow, "为什么在凌晨录入？")
    explain(an, flag_id=row.pk, explanation="当晚防汛值守，回来补录。")
    assert queries.explain_count(an, world.willow).answer() == 0
    assert Notice.objects.get(kind="flag-explained").organisation == world.willow_street
    with pytest.raises(Refused, match=r"flag\.explained"):
        explain(an, flag_id=row.pk, explanation="再说一次")
    ask_about(fan, flag_id=row.pk, question="请附值班表")
    explain(an, flag_id=row.pk, explanation="值班表已送街道。")
    assert queries.to_look_at(fan).get() == row
    dismiss(fan, flag_id=row.pk, reason="值班表相符")
    assert not Notice.objects.filter(person=row.record.person, kind__startswith="flag").exists()


def test_after_a_merger_the_answer_goes_to_who_stands_above_the_successor(world: World) -> None:
    row, fan = night_flag(world), world.actor("fan")
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    ask_about(fan, flag_id=row.pk, question="为什么在凌晨录入？")
    assert Notice.objects.get(kind="flag-asked").organisation == world.bridge
    explain(world.actor("bao"), flag_id=row.pk, explanation="当晚防汛值守，回来补录。")
    assert Notice.objects.get(kind="flag-explained").organisation == world.willow_street


def test_a_community_that_nobody_took_over_is_not_asked(world: World) -> None:
    row, fan = night_flag(world), world.actor("fan")
    done(world, world.willow, Aim(Reform.DISSOLVED))
    with pytest.raises(Refused, match=r"flag\.nobody-answers") as refusal:
        ask_about(fan, flag_id=row.pk, question="为什么在凌晨录入？")
    assert "柳荫社区" in refusal.value.text()
    assert queries.to_look_at(fan).get() == row
    dismiss(fan, flag_id=row.pk, reason="社区已撤销，值班表相符")


def test_what_a_community_was_asked_waits_for_the_authority_once_nobody_took_it_over(
    world: World,
) -> None:
    row, fan = night_flag(world), world.actor("fan")
    ask_about(fan, flag_id=row.pk, question="为什么在凌晨录入？")
    assert not queries.to_look_at(fan).exists()
    done(world, world.willow, Aim(Reform.DISSOLVED))
    assert queries.to_look_at(fan).get() == row
    reverse(fan, community_id=row.community_id, record_id=row.record_id, reason="查无此事")
    assert not queries.to_look_at(fan).exists()


def test_a_flag_follows_its_record_when_two_entries_of_a_person_are_merged(world: World) -> None:
    """Else whoever merges would settle what an authority asks about."""
    row, fan, dai = night_flag(world), world.actor("fan"), world.actor("dai")
    ask_about(fan, flag_id=row.pk, question="为什么在凌晨录入？")
    mistaken, kept = row.record.person, factories.member("陈晓宇", world.second)
    papers = {"reason": "名册号码录错，登记了两次", "evidence": "两份身份证复印件核对"}
    merge = propose_merge(dai, person_id=kept.pk, number=mistaken.number, **papers)
    for act, person in ((confirm_merge, kept), (undo_merge, mistaken)):
        act(world.actor("deng"), merge_id=merge.pk)
        assert noted() == [row]
        asked = queries.to_explain(world.actor("an"), world.willow).get()
        assert (asked, asked.record.person) == (row, person)
        assert asked.record_id != row.record_id


def test_a_correction_settles_the_flag(world: World) -> None:
    row, fan, an = night_flag(world), world.actor("fan"), world.actor("an")
    ask_about(fan, flag_id=row.pk, question="为什么在凌晨录入？")
    right = Entry(row.record.person_id, ledger.DAY, 30, "environment", "post")
    with clock.at(MORNING + timedelta(days=1)):
        correct(
            an, community_id=row.community_id, record_id=row.record_id, entry=right, reason="录错"
        )
    assert not queries.waiting(queries.flags(fan)).exists()
    assert queries.explain_count(an, world.willow).answer() == 0
    for act in (dismiss, ask_about):
        words = {"reason": "无误"} if act is dismiss else {"question": "为什么？"}
        with pytest.raises(Refused, match=r"flag\.corrected"):
            act(fan, flag_id=row.pk, **words)
    assert steps.noted() == [row], "what was put right by day does not stand out"
