"""From the call to the stand-down: who is called, who answers, who is placed, who came."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from baodao.accounts.models import Account
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.attendance.tables import rows_of
from baodao.callups import tasks
from baodao.callups.commands.answers import (
    answer_call,
    note_coming,
    note_telephone,
    read_telephones,
)
from baodao.callups.commands.callups import edit_call, send_call, stand_down
from baodao.callups.commands.posts import seat_best, seat_members
from baodao.callups.models import Summons
from baodao.callups.queries.audience import preview_of
from baodao.callups.queries.callups import numbers_of, one_call
from baodao.callups.queries.willing import outcome_of, willing_for
from baodao.callups.rules.callups import CallByTelephone, CallStage, Readiness, usual_category
from baodao.claims.models import Claim
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.kernel.moments import AsOf, read_period
from baodao.notices.models import Channel, Delivery, Notice
from baodao.notices.queries.notices import notices_to, sentence_of
from baodao.notices.queries.pending import with_closed
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import place_then
from baodao.people.models import Person
from baodao.registration.models import Registration
from tests.callups import steps
from tests.offers import steps as offered
from tests.registration import steps as road
from tests.registration.browsing import browser, text
from tests.teams.steps import put
from tests.world import World


def placed(world: World, count: int = 3, **words: object) -> tuple[object, list[Actor]]:
    """Members of An's community who can come to a call-up."""
    members = offered.registered(world, count)
    call = steps.sent(world)
    steps.able(call, *members)
    return call, members


def figures_of(place: Organisation, as_of: AsOf, codes: Sequence[str]) -> list[int]:
    """What the catalogue says of call-ups of a place as of an instant."""
    metrics = [METRICS[code] for code in codes]
    then = place_then(place, as_of)
    query = FigureQuery(place, then, metrics, as_of, read_period("", as_of))
    [leaf] = [one for count in query.counts() for one in count.leaves()]
    return [leaf.figures[code] for code in codes]


@pytest.mark.parametrize(
    ("words", "offered", "kind"),
    [
        ("防汛演练 装沙袋", {"patrol": "Safety patrol", "other": "Other service"}, "patrol"),
        (
            "社区战疫 核酸检测",
            {"patrol": "Safety patrol", "epidemic": "Epidemic control"},
            "epidemic",
        ),
        ("防汛演练", {"patrol": "Safety patrol", "c7": "防汛"}, "c7"),
        ("社区战疫", {"policy": "Explaining policies", "other": "Other service"}, "other"),
        ("防汛演练", {"policy": "Explaining policies"}, "policy"),
    ],
)
def test_a_shift_is_of_the_kind_that_its_call_up_says(
    words: str, offered: dict[str, str], kind: str
) -> None:
    assert usual_category(words, offered) == kind


def test_one_message_calls_everybody_once_and_whom_no_notice_reaches_is_telephoned(
    world: World,
) -> None:
    members = offered.registered(world, 3)
    Account.objects.filter(person=members[2].person_id).update(is_active=False)
    call = steps.draft(world)
    preview = preview_of(call)
    assert (preview.people, preview.unreached) == (3, 1)
    an = world.actor("an")
    send_call(an, call_id=call.pk)
    tasks.summon(str(call.pk))
    tasks.summon(str(call.pk))
    assert Summons.objects.count() == 3
    [told] = notices_to(members[0], None).filter(kind="callup")
    assert told.show_at <= clock.now()
    assert "防汛演练" in sentence_of(told)
    assert Notice.objects.filter(kind="callup").count() == 2
    [row] = Summons.objects.filter(reached=False)
    assert note_coming(an, call_id=call.pk, summons_ids=[row.pk]).done
    numbers = numbers_of(an, one_call(an, call.pk))
    assert (numbers.people, numbers.able, numbers.unable, numbers.unreached) == (3, 1, 0, 1)


def test_a_call_is_narrowed_to_places_units_and_skills(world: World) -> None:
    first, second, third = offered.registered(world, 3)
    Person.objects.filter(pk=first.person_id).update(specialty="急救、法律")
    Person.objects.filter(pk=second.person_id).update(specialty="水电维修")
    names = dict(Person.objects.values_list("pk", "name"))
    assert steps.names(steps.sent(world, skills="急救")) == {names[first.person_id]}
    assert len(steps.names(steps.sent(world, target_ids=[world.bureau.pk]))) == 3
    for target in (world.grid, world.commission):
        call = steps.draft(world, target_ids=[target.pk])
        with pytest.raises(Refused, match=r"callup\.nobody"):
            send_call(world.actor("an"), call_id=call.pk)
    with pytest.raises(Absent):
        steps.draft(world, target_ids=[world.bridge.pk])
    assert len(steps.names(steps.sent(world, world.willow_street))) == 3
    assert third.person_id in names


def test_a_squad_is_called_by_itself_and_placed_together(world: World) -> None:
    first, second, other = offered.registered(world, 3)
    put(world, first, second)
    call = steps.sent(world, target_ids=[world.team.pk])
    assert steps.names(call) == {first.name, second.name}
    everybody = steps.sent(world)
    steps.able(everybody, first, second, other)
    post = steps.post(world, everybody)
    page = browser(world, "an")
    address = f"/callups/posts/{post.pk}/"
    assert "法律服务队" in text(page.get(address))
    squad = text(page.get(address, {"squad": "法律服务队"})).split("<main")[1]
    assert (first.name in squad, second.name in squad, other.name in squad) == (True, True, False)


def test_a_member_answers_with_one_tap_and_changes_their_mind(world: World) -> None:
    call, members = steps.sent, offered.registered(world, 2)
    one = call(world)
    chosen, other = members
    rows = with_closed(notices_to(chosen, None).filter(kind="callup"))
    assert not rows.get().closed
    answer_call(chosen, call_id=one.pk, answer=Readiness.CANNOT)
    assert with_closed(notices_to(chosen, None).filter(kind="callup")).get().closed
    answer_call(chosen, call_id=one.pk, answer=Readiness.CAN)
    row = Summons.objects.get(person=chosen.person_id)
    assert (row.free_from, row.free_until, row.answers.count()) == (one.starts_at, None, 2)
    late = {"free_from": offered.hour(7, 20), "free_until": offered.hour(7, 8)}
    with pytest.raises(Refused, match=r"callup\.window"):
        answer_call(other, call_id=one.pk, answer=Readiness.CAN, **late)
    with pytest.raises(Absent):
        answer_call(world.actor("chen"), call_id=one.pk, answer=Readiness.CAN)


def test_whom_a_shift_fits_is_placed_in_one_act_and_told_where_and_when(world: World) -> None:
    members = offered.registered(world, 4)
    Person.objects.filter(pk=members[2].person_id).update(specialty="急救")
    call = steps.sent(world)
    steps.able(call, *members[:3])
    steps.able(call, members[3], free_from=offered.hour(7, 10))
    post = steps.post(world, call, places=2, specialties="急救")
    an = world.actor("an")
    fitting = [row.person_id for row in willing_for(an, post)]
    assert fitting == [members[at].person_id for at in (2, 0, 1)]
    assert len(seat_best(an, post_id=post.pk).done) == 2
    assert offered.states(post.offer) == ["active", "active"]
    told = notices_to(members[2], None).get(kind="callup-place")
    assert "装沙袋一班" in sentence_of(told)
    assert not seat_best(an, post_id=post.pk).done
    row = Summons.objects.get(person=members[1].person_id)
    full = seat_members(an, post_id=post.pk, summons_ids=[row.pk])
    assert [refused.code for _, refused in full.refused] == ["claim.full"]
    with pytest.raises(Absent):
        seat_best(world.actor("bao"), post_id=post.pk)


def test_who_was_ticked_and_cannot_be_placed_any_more_is_named_beside_who_is(world: World) -> None:
    members = offered.registered(world, 4)
    call = steps.sent(world)
    steps.able(call, *members)
    post, an = steps.post(world, call, places=4), world.actor("an")
    rows = {row.person_id: row for row in willing_for(an, post)}
    ticked = [rows[member.person_id].pk for member in members]
    busy, late, unable, _ = members
    seat_members(an, post_id=post.pk, summons_ids=ticked[:1])
    steps.able(call, late, free_from=offered.hour(7, 10))
    answer_call(unable, call_id=call.pk, answer=Readiness.CANNOT)
    batch = seat_members(an, post_id=post.pk, summons_ids=ticked)
    assert len(batch.done) == 1
    assert {name: refused.code for name, refused in batch.refused} == {
        rows[busy.person_id].person.name: "claim.claimed",
        rows[late.person_id].person.name: "callup.unable",
        rows[unable.person_id].person.name: "callup.unable",
    }


def test_who_has_a_place_elsewhere_at_these_hours_is_not_placed(world: World) -> None:
    call, members = placed(world, 2)
    other = offered.published(world, starts_at=offered.hour(7, 10), ends_at=offered.hour(7, 12))
    offered.claimed(other, members[0])
    post = steps.post(world, call)  # type: ignore[arg-type]
    batch = seat_best(world.actor("an"), post_id=post.pk)
    assert [claim.person_id for claim in batch.done] == [members[1].person_id]


def test_who_came_is_recorded_by_the_list_and_standing_down_ends_the_rest(world: World) -> None:
    call, members = placed(world, 3)
    an = world.actor("an")
    first = steps.post(world, call, places=2)  # type: ignore[arg-type]
    hours = {"starts_at": offered.hour(9, 9), "ends_at": offered.hour(9, 11)}
    second = steps.post(world, call, title="装沙袋二班", **hours)  # type: ignore[arg-type]
    seat_best(an, post_id=first.pk)
    seat_best(an, post_id=second.pk)
    with steps.later(8):
        people = {claim.person_id for claim in Claim.objects.filter(offer=first.offer)}
        one = sorted(people, key=str)[:1]
        record_roll(an, offer_id=first.pk, turnout=Turnout(one, 120))
        stand_down(an, call_id=call.pk, reason="险情解除")  # type: ignore[attr-defined]
        assert not notices_to(members[2], None).filter(kind="callup-over").exists()
        tasks.tell_over(str(call.pk))  # type: ignore[attr-defined]
        tasks.tell_over(str(call.pk))  # type: ignore[attr-defined]
        call = one_call(an, call.pk)  # type: ignore[attr-defined]
        outcome = outcome_of(an, call)
        assert (outcome.placed, outcome.comers, outcome.minutes) == (3, 1, 120)
        codes = ("summonses_placed", "summonses_came", "summonses_minutes")
        for hours, figures in ((-24, [3, 0, 0]), (1, [3, 1, 120])):
            as_of = AsOf(clock.now() + timedelta(hours=hours))
            assert figures_of(world.willow, as_of, codes) == figures
        assert call.stage is CallStage.OVER
        second.offer.refresh_from_db()
        assert second.offer.state == "cancelled"
        assert "险情解除" in sentence_of(notices_to(members[2], None).get(kind="callup-over"))
        with pytest.raises(Refused, match=r"callup\.over"):
            answer_call(members[2], call_id=call.pk, answer=Readiness.CAN)


def test_who_cannot_come_after_all_frees_the_place_and_the_next_is_offered(world: World) -> None:
    call, members = placed(world, 2)
    an = world.actor("an")
    post = steps.post(world, call, places=1)  # type: ignore[arg-type]
    later = {"starts_at": offered.hour(9, 9), "ends_at": offered.hour(9, 11)}
    second = steps.post(world, call, title="装沙袋二班", **later)  # type: ignore[arg-type]
    [first] = seat_best(an, post_id=post.pk).done
    seat_best(an, post_id=second.pk)
    leaver, other = sorted(members, key=lambda one: one.person_id != first.person_id)
    steps.able(call, leaver, free_from=offered.hour(9, 8))  # type: ignore[arg-type]
    assert offered.states(post.offer) == ["left"]
    assert offered.states(second.offer) == ["active", "active"]
    [told] = notices_to(an, world.willow).filter(kind="callup-place-free")
    assert "不再承担“装沙袋一班”" in sentence_of(told)
    assert told.url == f"/callups/posts/{post.pk}/"
    page = text(browser(world, "an").get(told.url))
    assert "安排最合适的 1 人" in page
    assert [claim.person_id for claim in seat_best(an, post_id=post.pk).done] == [other.person_id]
    answer_call(leaver, call_id=call.pk, answer=Readiness.CANNOT)  # type: ignore[attr-defined]
    assert sorted(offered.states(second.offer)) == ["active", "left"]


def test_who_cannot_come_once_it_has_begun_stays_on_its_list(world: World) -> None:
    call, members = placed(world, 1)
    post = steps.post(world, call)  # type: ignore[arg-type]
    seat_best(world.actor("an"), post_id=post.pk)
    with clock.at(offered.hour(7, 10)):
        answer_call(members[0], call_id=call.pk, answer=Readiness.CANNOT)  # type: ignore[attr-defined]
        late = answer_call(members[0], call_id=call.pk, answer=Readiness.CAN)  # type: ignore[attr-defined]
        assert late.free_from == clock.now(), "who answers late was not there from the beginning"
    assert offered.states(post.offer) == ["active"]


def test_nobody_is_called_to_what_should_have_begun(world: World) -> None:
    offered.registered(world, 1)
    with pytest.raises(Refused, match=r"callup\.past"):
        steps.draft(world, starts_at=clock.now() - timedelta(hours=2))
    call = steps.draft(world, starts_at=clock.now() - timedelta(minutes=20))
    with clock.at(clock.now() + timedelta(hours=1)), pytest.raises(Refused, match=r"callup\.past"):
        send_call(world.actor("an"), call_id=call.pk)


def test_what_became_of_telephoning_is_counted_and_a_no_is_not(world: World) -> None:
    offered.registered(world, 3)
    Account.objects.filter(person__isnull=False).update(is_active=False)
    call, an = steps.sent(world), world.actor("an")
    one, two, three = Summons.objects.order_by("person__pinyin", "pk")
    for row, became in ((one, CallByTelephone.SPOKEN), (two, CallByTelephone.MISSED)):
        note_telephone(an, call_id=call.pk, summons_ids=[row.pk], became=became)
    numbers = numbers_of(an, call)
    assert (numbers.reached, numbers.unreached) == (0, 3)
    assert (numbers.spoken, numbers.missed, numbers.uncalled) == (1, 1, 1)
    listed = browser(world, "an")
    for became, person in (("spoken", one), ("missed", two), ("waiting", three)):
        page = text(listed.get(f"/callups/{call.pk}/people/?who=telephone&telephone={became}"))
        shown = [row.pk for row in (one, two, three) if str(row.pk) in page]
        assert shown == [person.pk], "each is found by what became of it"
    note_coming(an, call_id=call.pk, summons_ids=[two.pk, three.pk])
    numbers = numbers_of(an, call)
    assert (numbers.able, numbers.unable, numbers.spoken, numbers.uncalled) == (2, 0, 3, 0)
    with pytest.raises(Absent):
        note_telephone(
            world.actor("bao"), call_id=call.pk, summons_ids=[one.pk], became=CallByTelephone.MISSED
        )


def test_telephones_are_read_by_who_calls_and_each_reading_is_written_down(world: World) -> None:
    people = [one.person_id for one in offered.registered(world, 2)]
    for number, person in enumerate(Person.objects.filter(pk__in=people)):
        person.phone = f"1380000000{number}"
        person.save()
    Account.objects.filter(person__isnull=False).update(is_active=False)
    call = steps.sent(world)
    rows = read_telephones(world.actor("an"), call_id=call.pk)
    assert {row.person.phone for row in rows} == {"13800000000", "13800000001"}
    entries = JournalEntry.objects.filter(verb="person.unmasked", about__in=people)
    assert {entry.facts["reason"] for entry in entries} == {"防汛演练"}
    assert read_telephones(world.actor("fan"), call_id=call.pk) == []
    with pytest.raises(Absent):
        read_telephones(world.actor("bao"), call_id=call.pk)
    page = text(browser(world, "an").get(f"/callups/{call.pk}/people/?who=telephone"))
    assert "13800000000" not in page
    shown = text(browser(world, "an").post(f"/callups/{call.pk}/telephones/"))
    assert "13800000000" in shown
    first, second = rows
    note = {"call_id": call.pk, "summons_ids": [first.pk]}
    note_telephone(world.actor("an"), **note, became=CallByTelephone.MISSED)
    assert read_telephones(world.actor("an"), call_id=call.pk) == rows, "is called again"
    note_telephone(world.actor("an"), **note, became=CallByTelephone.SPOKEN)
    assert read_telephones(world.actor("an"), call_id=call.pk) == [second], "no number unasked"
    Registration.objects.update(community=world.bridge)
    assert read_telephones(world.actor("an"), call_id=call.pk) == []


def test_a_draft_is_put_right_and_laid_aside_without_a_word_to_anybody(world: World) -> None:
    offered.registered(world, 1)
    call, an = steps.draft(world), world.actor("an")
    call = edit_call(an, call_id=call.pk, facts=steps.facts(spot="河堤"))
    with pytest.raises(Refused, match=r"callup\.far"):
        edit_call(an, call_id=call.pk, facts=steps.facts(starts_at=clock.now() + timedelta(60)))
    stand_down(an, call_id=call.pk, reason="不需要了")
    call.refresh_from_db()
    assert (call.spot, call.stage) == ("河堤", CallStage.DROPPED)
    assert not Notice.objects.filter(kind__startswith="callup").exists()
    with pytest.raises(Refused, match=r"callup\.dropped"):
        send_call(an, call_id=call.pk)


def test_who_reads_next_door_sees_nothing_of_it(world: World) -> None:
    road.accepted(world)
    call = steps.sent(world)
    assert numbers_of(world.actor("fan"), call).people == 1
    with pytest.raises(Absent):
        one_call(world.actor("bao"), call.pk)
    street = steps.sent(world, world.willow_street)
    assert one_call(world.actor("bao"), street.pk)
    assert numbers_of(world.actor("bao"), street).people == 0


def test_check_in_is_required_only_here_and_only_while_the_switch_is_on(world: World) -> None:
    call, members = placed(world, 2)
    an = world.actor("an")
    post = steps.post(world, call)  # type: ignore[arg-type]
    other = offered.published(world, starts_at=offered.hour(7, 13), ends_at=offered.hour(7, 15))
    offered.claimed(other, *members)
    fill = seat_best(an, post_id=post.pk)
    assert len(fill.done) == 2

    def ticked(offer: Offer) -> int:
        return sum(line.ticked for line in rows_of(an, offer, None).lines)

    with steps.later(7):
        assert (ticked(post.offer), ticked(other)) == (2, 2)
        world.turned_on("required-check-in", at="willow_street", days=1)
        assert (ticked(post.offer), ticked(other)) == (0, 2)
    with steps.later(9):
        assert ticked(post.offer) == 2


def test_at_night_it_is_shown_and_leaves_for_outside_at_once(world: World) -> None:
    [member] = offered.registered(world, 1)
    channel = Channel.objects.create(
        account_id=member.account_id, schema="wecombot", label="我的机器人", outline="企业微信",
        added_by="本人", **Channel.address.columns("wecombot://key"),
    )  # fmt: skip
    with clock.at(offered.hour(1, 23)):
        call = steps.draft(world)
        send_call(world.actor("an"), call_id=call.pk)
        tasks.summon(str(call.pk))
        assert notices_to(member, None).get(kind="callup").show_at <= clock.now()
        [delivery] = Delivery.objects.filter(channel=channel)
        assert (delivery.state, delivery.planned_at) == ("sending", clock.now())
        assert delivery.notices.count() == 1
