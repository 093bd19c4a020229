"""Committees: members and terms, meetings, decisions that become tasks, minutes, mergers."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from baodao.committees.commands import committees as commands
from baodao.committees.commands import meetings, minutes
from baodao.committees.models import CommitteeMember, Meeting, Minutes
from baodao.committees.queries import committees as queries
from baodao.committees.queries.minutes import changes_of, digest_in, words_of
from baodao.committees.rules.committees import MeetingFacts
from baodao.documents.models import Issue
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import SUCCESSIONS, Aim, Reform
from baodao.problems.commands.problem_tasks import end_task, withdraw_task
from baodao.problems.models import PlaceProblem
from baodao.problems.rules.problems import Duty
from tests import factories
from tests.committees import steps
from tests.needs.steps import need
from tests.orgs.test_reorganisations import done, succeeded, undone
from tests.problems import steps as problems
from tests.world import World


def told(place: object, kind: str) -> int:
    return Notice.objects.filter(organisation=place, kind=kind).count()


def decided(world: World, row: Meeting, words: str = "由城建局牵头大修") -> UUID:
    item = row.items.get(position=1)
    meetings.resolve_item(world.actor("an"), item_id=item.pk, decision=words)
    return item.pk


def test_members_are_invited_as_they_are_in_it_on_the_day(world: World) -> None:
    row, today = steps.committee(world, world.bureau), clock.today()
    steps.member(world, row, person="何教授", office="兼职委员", until=today + timedelta(days=1))
    steps.member(world, row, name="阳光志愿者协会")
    meeting = steps.meeting(world, row)
    names = list(meeting.invitees.order_by("name").values_list("name", flat=True))
    assert names == sorted(["区城建局机关党委", "阳光志愿者协会"])
    assert told(world.bureau, "meeting-called") == 1
    assert meeting in queries.meetings_of(world.actor("deng"), world.bureau)
    assert not queries.meetings(world.actor("bao")).filter(pk=meeting.pk).exists()


def test_only_who_looks_after_the_place_runs_its_committee(world: World) -> None:
    row = steps.committee(world, world.bureau)
    for name in ("bao", "deng"):
        with pytest.raises(Absent):
            commands.form_committee(
                world.actor(name), place_id=world.willow.pk, kind="joint", name="联席会议"
            )
        with pytest.raises(Absent):
            meetings.end_committee(world.actor(name), committee_id=row.pk, reason="换届")
    of_street = commands.form_committee(
        world.actor("fan"), place_id=world.willow_street.pk, kind="regional", name="区域党委"
    )
    assert of_street.place == world.willow_street


def test_open_problems_and_old_needs_are_suggested_and_become_items(world: World) -> None:
    row, an = steps.committee(world), world.actor("an")
    problem = problems.problem(world)
    old = need(world, "screened", collected_at=clock.now() - timedelta(days=40))
    need(world, "screened", collected_at=clock.now() - timedelta(days=2))
    assert queries.suggested_problems(an, world.willow) == [problem]
    assert queries.suggested_needs(an, world.willow) == [old]
    meeting = steps.meeting(world, row, problem_ids=(problem.pk,), need_ids=(old.pk,))
    items = meeting.items.order_by("position").values_list("text", flat=True)
    assert list(items) == [problem.text, old.text, "电梯大修怎么办"]
    with pytest.raises(Absent):
        steps.meeting(world, row, need_ids=(need(world, community=world.bridge).pk,))


def test_a_decision_becomes_a_task_that_its_owner_closes(world: World) -> None:
    row = steps.committee(world, world.bureau)
    meeting, an = steps.meeting(world, row), world.actor("an")
    duty = Duty(world.bureau.pk, problems.days(20), "邓敏")
    item = meeting.items.get()
    with pytest.raises(Refused, match="begun"):
        decided(world, meeting)
    with clock.at(meeting.starts_at):
        with pytest.raises(Refused, match="decision"):
            meetings.add_decision_task(an, item_id=item.pk, text="制定大修方案", duty=duty)
        decided(world, meeting)
        task = meetings.add_decision_task(an, item_id=item.pk, text="制定大修方案", duty=duty)
        again = meetings.add_decision_task(an, item_id=item.pk, text="筹措资金", duty=duty)
    problem = PlaceProblem.objects.get()
    assert (problem.source, again.problem_id, task.problem_id) == (
        "meeting",
        problem.pk,
        problem.pk,
    )
    assert told(world.bureau, "problem-task") == 2
    assert end_task(world.actor("deng"), task_id=task.pk, result="方案已通过").done_at


def issued_by(actor: Actor, draft: Minutes) -> Minutes:
    """Who runs the meeting has read the draft as it stands, and issues it."""
    seen = digest_in(Minutes.objects.get(pk=draft.pk))
    return minutes.issue_minutes(actor, minutes_id=draft.pk, signer="季书", seen=seen)


def test_minutes_are_drafted_issued_with_a_number_and_corrected_by_a_version(
    world: World,
) -> None:
    row, an = steps.committee(world, world.bureau), world.actor("an")
    meeting = steps.meeting(world, row)
    with pytest.raises(Refused, match="begun"):
        meetings.note_attendance(an, meeting_id=meeting.pk, came_ids=[])
    with pytest.raises(Refused, match="begun"):
        minutes.draft_minutes(an, meeting_id=meeting.pk)
    with clock.at(clock.now() + timedelta(days=3)):
        decided(world, meeting)
        ids = list(meeting.invitees.values_list("pk", flat=True))
        meetings.note_attendance(an, meeting_id=meeting.pk, came_ids=ids)
        draft = minutes.draft_minutes(an, meeting_id=meeting.pk)
        for words in ("出席：区城建局机关党委", "一、电梯大修怎么办", "会议决定：由城建局牵头大修"):
            assert words in words_of(draft)
        with pytest.raises(Refused, match="meanwhile"):
            minutes.edit_minutes(an, minutes_id=draft.pk, words="新的纪要", before="别的")
        before = words_of(draft)
        with pytest.raises(Refused, match=r"words\.too-long"):
            minutes.edit_minutes(an, minutes_id=draft.pk, words="字" * 8001, before=before)
        minutes.edit_minutes(an, minutes_id=draft.pk, words="新的纪要", before=words_of(draft))
        read = digest_in(draft)  # before somebody wrote
        with pytest.raises(Refused, match=r"paper\.changed"):
            minutes.issue_minutes(an, minutes_id=draft.pk, signer="季书", seen=read)
        first = issued_by(an, draft)
        second = minutes.draft_minutes(an, meeting_id=meeting.pk)
        assert (second.version, second.text) == (2, "新的纪要")
        issued_by(an, second)
        with pytest.raises(Refused, match="issued"):
            minutes.edit_minutes(an, minutes_id=first.pk, words="改", before="新的纪要")
        with pytest.raises(Refused, match="issued"):
            meetings.cancel_meeting(an, meeting_id=meeting.pk, reason="不开了")
    assert [one.number for one in Minutes.objects.order_by("version")] == [1, 2]
    old, new = Issue.objects.filter(form="meeting-minutes").order_by("number")
    assert (old.replaced_by_id, new.replaced_by_id) == (new.pk, None)
    assert told(world.bureau, "minutes-issued") == 2


def test_a_cancelled_meeting_is_told_of_and_goes_no_further(world: World) -> None:
    meeting = steps.meeting(world, steps.committee(world, world.bureau))
    meetings.cancel_meeting(world.actor("an"), meeting_id=meeting.pk, reason="台风")
    assert told(world.bureau, "meeting-cancelled") == 1
    with pytest.raises(Refused, match="cancelled"):
        decided(world, meeting)


def test_the_successor_of_a_unit_takes_its_seat_and_past_meetings_stay(world: World) -> None:
    row = steps.committee(world, world.bureau)
    ahead = steps.meeting(world, row, starts_at=clock.now() + timedelta(days=30))
    past = steps.meeting(world, row)
    with clock.at(clock.now() + timedelta(days=5)):
        act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
        day = clock.today()
        assert [one.words for one in queries.members_on(row, day)] == ["市发展委机关党委"]
        assert past.invitees.get().name == "区城建局机关党委"
        assert ahead.invitees.get().name == "市发展委机关党委"
        assert told(world.commission, "meeting-called") == 1
        undone(world, act)
        assert [one.words for one in queries.members_on(row, day)] == ["区城建局机关党委"]
        assert ahead.invitees.get().name == "区城建局机关党委"
    assert CommitteeMember.objects.count() == 1


def test_who_sits_there_already_is_invited_once_in_place_of_whom_it_took_over(
    world: World,
) -> None:
    row = steps.committee(world, world.bureau, world.commission)
    ahead = steps.meeting(world, row)
    act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    assert [one.name for one in ahead.invitees.all()] == ["市发展委机关党委"]
    assert told(world.commission, "meeting-called") == 1, "by the meeting itself"
    undone(world, act)
    assert ahead.invitees.count() == 2


@pytest.mark.parametrize("reform", SUCCESSIONS)
def test_the_successor_of_a_community_goes_on_with_its_committee(
    world: World, reform: Reform
) -> None:
    row = steps.committee(world, world.bureau)
    past = steps.meeting(world, row)
    succeeded(world, reform)
    row.refresh_from_db()
    assert (row.place, past.place_name) == (world.bridge, "柳荫社区")
    assert queries.meetings_to_run(world.actor("bao")).get() == past


def test_seats_and_committees_end_with_who_is_dissolved(world: World) -> None:
    unit = factories.organisation("unit", "电梯公司党支部", world.east)
    row = steps.committee(world, unit)
    ahead = steps.meeting(world, row, starts_at=clock.now() + timedelta(days=9))
    with clock.at(clock.now() + timedelta(days=2)):
        act = done(world, unit, Aim(Reform.DISSOLVED))
        assert not queries.members_on(row, clock.today()).exists()
        assert not ahead.invitees.exists(), "who is gone is invited no more"
        undone(world, act)
        assert ahead.invitees.get().name.startswith("电梯公司党支部")
        assert queries.members_on(row, clock.today()).exists()
        act = done(world, world.willow, Aim(Reform.DISSOLVED))
        ahead.refresh_from_db()
        assert ahead.state == "cancelled"
        assert told(unit, "meeting-cancelled") == 1, "whoever was invited knows that it is off"
        undone(world, act)
        ahead.refresh_from_db()
        assert ahead.state == "called"


def test_who_leaves_is_invited_no_more_and_stays_among_the_former(world: World) -> None:
    row = steps.committee(world, world.bureau)
    member = row.members.get()
    with clock.at(clock.now() + timedelta(days=5)):
        commands.end_member(world.actor("an"), member_id=member.pk)
        assert list(queries.former_members(row)) == [member]
        until = queries.former_members(row).get().until
        assert not steps.meeting(world, row).invitees.exists()
    with clock.at(clock.now() + timedelta(days=9)):
        with pytest.raises(Refused, match="left already"):
            commands.end_member(world.actor("an"), member_id=member.pk)
        assert queries.former_members(row).get().until == until, "what is over stays as it was"


def came(world: World, row: Meeting, *names: str) -> None:
    ids = row.invitees.filter(name__in=names).values_list("pk", flat=True)
    meetings.note_attendance(world.actor("an"), meeting_id=row.pk, came_ids=list(ids))


def lines(row: Minutes) -> list[tuple[bool, str]]:
    row.refresh_from_db()
    return [(one.gone, one.line) for one in changes_of(row)]


def test_a_draft_follows_what_happens_until_somebody_writes_and_then_says_what_changed(
    world: World,
) -> None:
    an = world.actor("an")
    row = steps.meeting(world, steps.committee(world, world.bureau))
    with clock.at(clock.now() + timedelta(days=3)):
        draft = minutes.draft_minutes(an, meeting_id=row.pk)
        assert "（未登记）" in words_of(draft)
        came(world, row, "区城建局机关党委")
        item = decided(world, row)
        assert "出席：区城建局机关党委" in words_of(draft)
        assert "会议决定：由城建局牵头大修" in words_of(draft)
        assert lines(draft) == []
        written = words_of(draft) + "\n会议要求抓紧。"
        minutes.edit_minutes(an, minutes_id=draft.pk, words=written, before=words_of(draft))
        assert lines(draft) == []
        decided(world, row, "由街道牵头大修")
        old, new = "会议决定：由城建局牵头大修", "会议决定：由街道牵头大修"
        assert lines(draft) == [(True, old), (False, new)]
        draft.refresh_from_db()
        right = draft.text.replace(old, new)
        minutes.edit_minutes(an, minutes_id=draft.pk, words=right, before=draft.text)
        assert lines(draft) == []
        issued = issued_by(an, draft)
        assert lines(issued) == []
        duty = Duty(world.bureau.pk, problems.days(20), "邓敏")
        task = meetings.add_decision_task(an, item_id=item, text="制定方案", duty=duty)
        [(gone, said)] = lines(issued)
        assert (gone, "任务：制定方案，由区城建局机关党委邓敏于" in said) == (False, True)
        again = minutes.draft_minutes(an, meeting_id=row.pk)
        assert (again.text, lines(again)) == (right, [(False, said)])
        again = minutes.draft_again(an, minutes_id=again.pk)
        assert said in words_of(again)
        withdraw_task(an, task_id=task.pk, reason="改由街道办理")
        assert lines(issued) == []


def test_minutes_on_which_nobody_wrote_begin_anew_after_an_issue(world: World) -> None:
    an = world.actor("an")
    row = steps.meeting(world, steps.committee(world, world.bureau))
    with clock.at(clock.now() + timedelta(days=3)):
        first = minutes.draft_minutes(an, meeting_id=row.pk)
        first = issued_by(an, first)
        assert "（未登记）" in first.text
        came(world, row, "区城建局机关党委")
        assert len(lines(first)) == 2
        second = minutes.draft_minutes(an, meeting_id=row.pk)
        assert "出席：区城建局机关党委" in words_of(second)


def test_the_words_of_a_task_stay_as_they_were_when_its_unit_is_merged(world: World) -> None:
    row = steps.meeting(world, steps.committee(world, world.bureau))
    duty, an = Duty(world.bureau.pk, problems.days(20)), world.actor("an")
    with clock.at(clock.now() + timedelta(days=3)):
        meetings.add_decision_task(an, item_id=decided(world, row), text="制定方案", duty=duty)
        draft = minutes.draft_minutes(an, meeting_id=row.pk)
        issued = issued_by(an, draft)
        done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
        assert lines(issued) == []


def test_a_meeting_that_took_place_is_entered_and_nobody_is_told(world: World) -> None:
    row, an = steps.committee(world), world.actor("an")
    facts = MeetingFacts(clock.now() - timedelta(days=9), "二楼会议室", ("东门拥堵",))
    with pytest.raises(Refused, match="Nobody was in"):
        meetings.enter_meeting(an, committee_id=row.pk, facts=facts)
    since = clock.today() - timedelta(days=90)
    steps.member(world, row, organisation_id=world.bureau.pk, since=since)
    with pytest.raises(Refused, match="still to come"):
        meetings.call_meeting(an, committee_id=row.pk, facts=facts)
    ahead = replace(facts, starts_at=clock.now() + timedelta(days=1))
    with pytest.raises(Refused, match="took place"):
        meetings.enter_meeting(an, committee_id=row.pk, facts=ahead)
    held = meetings.enter_meeting(an, committee_id=row.pk, facts=facts)
    assert (held.entered_later, told(world.bureau, "meeting-called")) == (True, 0)
    late = steps.member(world, row, organisation_id=world.commission.pk, since=since)
    assert held.invitees.filter(member=late).exists()
    came(world, held, "区城建局机关党委")
    assert "出席：区城建局机关党委" in words_of(minutes.draft_minutes(an, meeting_id=held.pk))
    short = meetings.enter_meeting(an, committee_id=row.pk, facts=replace(facts, words=("物业",)))
    item = short.items.get()
    assert item.text == "物业"
    assert meetings.resolve_item(an, item_id=item.pk, decision="同意").decision == "同意"
    with pytest.raises(Refused, match=r"there are 201"):
        meetings.enter_meeting(an, committee_id=row.pk, facts=replace(facts, words=("字" * 201,)))


def test_who_comes_in_later_is_invited_to_what_is_ahead_and_who_leaves_no_more(
    world: World,
) -> None:
    row = steps.committee(world)
    ahead = steps.meeting(world, row, starts_at=clock.now() + timedelta(days=9))
    member = steps.member(world, row, organisation_id=world.bureau.pk)
    assert (ahead.invitees.get().member, told(world.bureau, "meeting-called")) == (member, 1)
    commands.end_member(world.actor("an"), member_id=member.pk)
    assert not ahead.invitees.exists()


def test_a_committee_that_ends_cancels_what_is_ahead_and_says_why(world: World) -> None:
    row = steps.committee(world, world.bureau)
    ahead = steps.meeting(world, row)
    meetings.end_committee(world.actor("an"), committee_id=row.pk, reason="并入街道联席会议")
    ahead.refresh_from_db()
    assert (ahead.state, ahead.reason) == ("cancelled", "并入街道联席会议")
    assert told(world.bureau, "meeting-cancelled") == 1
    with pytest.raises(Refused, match="ended"):
        steps.meeting(world, row)


def test_meetings_of_today_stand_on_first_pages(world: World) -> None:
    row = steps.committee(world, world.bureau)
    meeting = steps.meeting(world, row, starts_at=clock.now() + timedelta(days=2))
    assert [one[0] for one in ahead_of(world)] == [meeting.pk]
    assert queries.meetings_today(world.actor("an"), world.willow).answer() == []
    with clock.at(clock.midnight(clock.local(meeting.starts_at).date()) + timedelta(hours=23)):
        for name, place in (("an", world.willow), ("deng", world.bureau)):
            rows = queries.meetings_today(world.actor(name), place).answer()
            assert [one.meeting_id for one in rows] == [meeting.pk]
        assert [one[0] for one in ahead_of(world)] == [meeting.pk]
        assert queries.meetings_today(world.actor("bao"), world.bridge).answer() == []


def ahead_of(world: World) -> list[queries.MeetingAhead]:
    return queries.meetings_ahead(world.actor("deng"), world.bureau).answer()


def test_a_meeting_that_took_place_is_not_called_off(world: World) -> None:
    row = steps.committee(world, world.bureau)
    meeting = steps.meeting(world, row)
    with clock.at(meeting.starts_at + timedelta(hours=1)):
        decided(world, meeting)
        with pytest.raises(Refused, match=r"meeting\.took-place"):
            meetings.cancel_meeting(world.actor("an"), meeting_id=meeting.pk, reason="不开了")
