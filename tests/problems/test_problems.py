"""Problems from the list to the closure: who has each, whistles, the asker's word, mergers."""

from datetime import timedelta
from typing import Any

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.needs.rules.life import NeedState
from baodao.notices.models import Notice
from baodao.notices.queries.notices import notices_to
from baodao.notices.queries.pending import unread, with_closed
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.problems import tasks as worker
from baodao.problems.commands import escalations, outcomes, problem_tasks, problems
from baodao.problems.models import Escalation, PlaceProblem, ProblemClosure
from baodao.problems.queries import problems as queries
from baodao.problems.rules.problems import Duty
from tests import factories
from tests.needs.steps import need
from tests.orgs.test_reorganisations import done, undone
from tests.problems import steps
from tests.registration.browsing import browser, text
from tests.world import World


def kinds(world: World, place: Any) -> list[str]:
    rows = Notice.objects.filter(organisation=place, kind__startswith="problem-")
    return list(rows.order_by("created_at", "pk").values_list("kind", flat=True))


def solved(world: World, row: PlaceProblem) -> ProblemClosure:
    return problems.solve_problem(
        world.actor("an"), problem_id=row.pk, evidence="电梯已换新，运行一周正常"
    )


def test_a_task_lies_with_who_does_it_until_it_is_done_and_the_problem_is_closed(
    world: World,
) -> None:
    row = steps.problem(world, world.bureau, owner_name="邓敏")
    task, near = steps.task(world, row, world.commission), steps.task(world, row, world.bureau)
    with pytest.raises(Absent):
        problem_tasks.end_task(world.actor("fan"), task_id=near.pk, result="已检修")
    problem_tasks.end_task(world.actor("deng"), task_id=near.pk, result="已检修")
    assert kinds(world, world.bureau) == ["problem-assigned", "problem-task"]
    assert kinds(world, world.willow) == ["problem-task-done"]
    assert steps.fresh(row).holder == "市发展委机关党委"
    with pytest.raises(Refused, match="task"):
        solved(world, row)
    for name in ("deng", "fan"):
        with pytest.raises(Absent):
            problem_tasks.end_task(world.actor(name), task_id=task.pk, result="已检修")
    problem_tasks.end_task(world.actor("an"), task_id=task.pk, result="已检修")
    assert steps.fresh(row).holder == "区城建局机关党委"
    assert solved(world, row).in_time
    assert steps.fresh(row).state == "solved"
    with pytest.raises(Absent):
        problems.reopen_problem(world.actor("deng"), problem_id=row.pk, reason="又停了")


def test_the_asker_is_sealed_and_read_with_a_reason_by_who_looks_after_it(world: World) -> None:
    row = steps.problem(world, asker="何桂兰", phone="19900007777")
    kept = PlaceProblem.objects.values().get()
    assert "何桂兰" not in str(kept)
    assert "19900007777" not in str(kept)
    read = problems.unmask_asker(world.actor("an"), problem_id=row.pk, reason="回访核实电梯")
    assert (read.name, read.phone) == ("何桂兰", "19900007777")
    for other in ("bao", "fan"):
        with pytest.raises(Absent):
            problems.unmask_asker(world.actor(other), problem_id=row.pk, reason="想看看是谁")
    solved(world, row)
    with clock.at(clock.now() + timedelta(days=400)):
        worker.forget_askers()
    assert PlaceProblem.objects.get().phone == ""


def test_a_need_becomes_a_problem_once_and_keeps_who_asked(world: World) -> None:
    wanted = need(world, NeedState.UNMET)
    row = steps.problem(world, source="need", need_id=wanted.pk, asker="何桂兰")
    assert (row.asker, queries.problem_from(need_id=wanted.pk)) == ("", row.pk)
    with pytest.raises(Refused, match="already"):
        steps.problem(world, source="need", need_id=wanted.pk)
    elsewhere = need(world, community=world.bridge)
    with pytest.raises(Absent):
        steps.problem(world, source="need", need_id=elsewhere.pk)


def test_a_community_whistles_for_its_street_which_names_a_department(world: World) -> None:
    row, an, fan = steps.problem(world), world.actor("an"), world.actor("fan")
    call = escalations.escalate(an, problem_id=row.pk, question="电梯大修资金怎么办")
    street = call.receiver
    assert steps.fresh(row).holder == street.name
    with pytest.raises(Absent):
        escalations.escalate(world.actor("bao"), problem_id=row.pk, question="我也问")
    passed = escalations.refer_escalation(
        fan, escalation_id=call.pk, receiver_id=world.bureau.pk, question="请区城建局答复"
    )
    assert (passed.sender, steps.fresh(row).holder) == (street, "区城建局机关党委")
    assert kinds(world, world.bureau) == ["problem-escalated"]
    with clock.at(clock.now() + timedelta(days=20)):
        worker.tell()
        worker.tell()
        assert steps.fresh(row).late
    assert kinds(world, street) == ["problem-escalated", "problem-overdue"]
    deng = world.actor("deng")
    with clock.at(clock.now() + timedelta(days=21)):
        escalations.answer_escalation(deng, escalation_id=passed.pk, answer="已列入大修计划")
    assert kinds(world, world.willow) == ["problem-overdue", "problem-answered"]
    assert steps.fresh(row).holder == "柳荫社区"


def test_the_word_of_who_asked_closes_a_problem_or_opens_it_again(world: World) -> None:
    row, an = steps.problem(world, world.bureau), world.actor("an")
    solved(world, row)
    outcomes.note_word(an, problem_id=row.pk, word="no", way="phone", remark="昨天又停了")
    assert steps.fresh(row).state == "open"
    assert kinds(world, world.bureau) == ["problem-assigned", "problem-reopened"]
    again = Notice.objects.filter(kind="problem-reopened")
    assert unread(again).exists(), "it asks for an act, until they report it as solved"
    outcomes.state_outcome(world.actor("deng"), problem_id=row.pk, outcome="换了主板，运行三天")
    assert not unread(again).exists()
    solved(world, row)
    outcomes.note_word(an, problem_id=row.pk, word="yes", way="window")
    with pytest.raises(Refused, match="already"):
        outcomes.note_word(an, problem_id=row.pk, word="yes", way="window")
    first, second = ProblemClosure.objects.order_by("closed_at", "pk")
    assert (first.reason, second.reopened_at) == ("昨天又停了", None)


def test_a_day_that_is_over_and_an_owner_elsewhere_are_refused(world: World) -> None:
    row = steps.problem(world)
    with pytest.raises(Refused, match="today"):
        steps.task(world, row, world.bureau, due_on=steps.days(-1))
    team = factories.organisation("team", "应急队", world.willow)
    duty = Duty(team.pk, steps.days(3))
    with pytest.raises(Absent):
        problems.assign_problem(world.actor("an"), problem_id=row.pk, duty=duty)


def test_a_merger_hands_over_what_waits_and_leaves_what_was_closed(world: World) -> None:
    past, row = steps.problem(world, world.bureau), steps.problem(world, world.bureau)
    solved(world, past)
    task, an = steps.task(world, row, world.bureau), world.actor("an")
    call = escalations.escalate(an, problem_id=row.pk, question="怎么办")
    escalations.refer_escalation(
        world.actor("fan"), escalation_id=call.pk, receiver_id=world.bureau.pk, question="请答复"
    )
    act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))

    def owners() -> tuple[int, int, int, int]:
        task.refresh_from_db()
        last = Escalation.objects.get(answered_at=None).receiver_id
        return steps.fresh(past).owner_id, steps.fresh(row).owner_id, task.owner_id, last

    before, after = world.bureau.pk, world.commission.pk
    assert owners() == (before, after, after, after)
    undone(world, act)
    assert owners() == (before,) * 4


def test_what_a_dissolved_unit_was_to_solve_goes_back_to_the_place(world: World) -> None:
    unit = factories.organisation("unit", "电梯公司党支部", world.east)
    row = steps.problem(world, unit, owner_name="何秘")
    done(world, unit, Aim(Reform.DISSOLVED))
    after = steps.fresh(row)
    assert (after.owner_id, after.owner_name) == (world.willow.pk, "")


def test_a_place_that_nobody_takes_over_closes_its_problems_first(world: World) -> None:
    row = steps.problem(world)
    with pytest.raises(Refused, match=r"in-the-way"):
        done(world, world.willow, Aim(Reform.DISSOLVED))
    solved(world, row)
    done(world, world.willow, Aim(Reform.DISSOLVED))
    assert steps.fresh(row).state == "solved"


def test_a_split_leaves_each_problem_with_who_stands_for_its_place(world: World) -> None:
    past, row = steps.problem(world), steps.problem(world)
    solved(world, past)
    task = steps.task(world, row, world.willow)
    aim = Aim(Reform.SPLIT, successor_id=world.bridge.pk, further=[world.north.pk])
    act = done(world, world.willow, aim)
    task.refresh_from_db()
    assert (steps.fresh(row).owner, task.owner_id) == (world.bridge, world.bridge.pk)
    assert (steps.fresh(past).owner, steps.fresh(past).place) == (world.willow, world.willow)
    bao = world.actor("bao")
    assert set(queries.problems_in(bao, world.bridge)) == {past, row}
    undone(world, act)
    assert steps.fresh(row).owner == world.willow


def test_the_successor_of_a_community_goes_on_with_its_problems(world: World) -> None:
    row = steps.problem(world)
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    bao = world.actor("bao")
    assert list(queries.open_problems_in(bao, world.bridge)) == [row]
    problems.solve_problem(bao, problem_id=row.pk, evidence="电梯已换新")
    with pytest.raises(Absent):
        problems.reopen_problem(world.actor("an"), problem_id=row.pk, reason="又停了")


def ripe(world: World) -> list[PlaceProblem]:
    return [row[0] for row in queries.ripe_problems(world.actor("an"), world.willow).answer()]


def test_the_place_is_told_that_all_tasks_are_done_and_closes_the_problem(world: World) -> None:
    row = steps.problem(world, world.bureau)
    one, deng = steps.task(world, row, world.bureau), world.actor("deng")
    other = steps.task(world, row, world.willow)
    assert ripe(world) == []
    problem_tasks.end_task(world.actor("an"), task_id=other.pk, result="已贴通知")
    problem_tasks.end_task(deng, task_id=one.pk, result="已检修")
    assert kinds(world, world.willow) == ["problem-ripe"]
    assert ripe(world) == [row.pk]
    call = escalations.escalate(world.actor("an"), problem_id=row.pk, question="资金怎么办")
    assert ripe(world) == []
    escalations.withdraw_escalation(world.actor("an"), escalation_id=call.pk, reason="不用了")
    assert ripe(world) == [row.pk]


def test_who_solves_it_reports_it_and_the_place_closes_it_or_asks_to_go_on(world: World) -> None:
    row, deng, an = steps.problem(world, world.bureau), world.actor("deng"), world.actor("an")
    with pytest.raises(Absent):
        outcomes.state_outcome(an, problem_id=row.pk, outcome="电梯已换新")
    outcomes.state_outcome(deng, problem_id=row.pk, outcome="电梯已换新，运行正常")
    with pytest.raises(Refused, match="already"):
        outcomes.state_outcome(deng, problem_id=row.pk, outcome="电梯已换新，运行正常")
    assert kinds(world, world.willow) == ["problem-outcome"]
    assert (steps.fresh(row).holder, ripe(world)) == ("柳荫社区", [row.pk])
    assert queries.duty_count(deng, world.bureau).answer() == 0
    with pytest.raises(Absent):
        outcomes.decline_outcome(deng, problem_id=row.pk, reason="没修好")
    outcomes.decline_outcome(an, problem_id=row.pk, reason="昨天又停了")
    assert kinds(world, world.bureau) == ["problem-assigned", "problem-declined"]
    assert (steps.fresh(row).holder, ripe(world)) == ("区城建局机关党委", [])
    outcomes.state_outcome(deng, problem_id=row.pk, outcome="主机已更换")
    solved(world, row)
    problems.reopen_problem(an, problem_id=row.pk, reason="又停了")
    assert steps.fresh(row).outcome_at is None


def test_a_task_and_a_whistle_are_withdrawn_with_a_reason_and_hold_nothing_up(
    world: World,
) -> None:
    row, an, deng = steps.problem(world), world.actor("an"), world.actor("deng")
    task = steps.task(world, row, world.bureau)
    call = escalations.escalate(an, problem_id=row.pk, question="电梯大修资金怎么办")
    assert queries.duty_count(deng, world.bureau).answer() == 1
    with pytest.raises(Absent):
        problem_tasks.withdraw_task(deng, task_id=task.pk, reason="不用了")
    with pytest.raises(Refused, match="withdraw it"):
        solved(world, row)
    problem_tasks.withdraw_task(an, task_id=task.pk, reason="维保公司已修好")
    with pytest.raises(Refused, match="withdraw the whistle"):
        solved(world, row)
    with pytest.raises(Absent):
        escalations.withdraw_escalation(deng, escalation_id=call.pk, reason="不用了")
    escalations.withdraw_escalation(an, escalation_id=call.pk, reason="维保公司已修好")
    for act in (
        lambda: problem_tasks.end_task(deng, task_id=task.pk, result="已检修"),
        lambda: escalations.answer_escalation(
            world.actor("fan"), escalation_id=call.pk, answer="已列入计划"
        ),
    ):
        with pytest.raises(Refused, match="withdrawn"):
            act()
    assert kinds(world, world.bureau) == ["problem-task", "problem-task-withdrawn"]
    assert kinds(world, call.receiver) == ["problem-escalated", "problem-call-withdrawn"]
    with clock.at(clock.now() + timedelta(days=40)):
        worker.tell()
        assert queries.duty_count(deng, world.bureau).answer() == 0
    assert kinds(world, world.willow) == []
    assert solved(world, row)


def test_what_waits_for_a_unit_is_counted_one_by_one(world: World) -> None:
    row, deng = steps.problem(world, world.bureau), world.actor("deng")
    steps.task(world, row, world.bureau)
    steps.task(world, row, world.bureau, text="更换钢丝绳")
    steps.task(world, steps.problem(world), world.bureau)
    rows = queries.duties_of(deng, world.bureau)
    assert [len(rows[name]) for name in ("owned", "tasks", "calls")] == [1, 3, 0]
    assert queries.duty_count(deng, world.bureau).answer() == 4
    own = queries.duty_count(world.actor("an"), world.willow)
    assert own.answer() == 0


def test_whoever_asked_says_by_the_code_whether_it_is_solved(world: World) -> None:
    row, nobody = steps.problem(world, world.bureau, asker="何桂兰"), world.actor("gu")
    with pytest.raises(Refused, match="not solved"):
        outcomes.answer_as_asker(nobody, code=row.code, word="yes")
    solved(world, row)
    outcomes.answer_as_asker(nobody, code=row.code.lower(), word="no", remark="还在晃")
    assert steps.fresh(row).state == "open"
    assert kinds(world, world.willow) == ["problem-unsolved"]
    assert kinds(world, world.bureau) == ["problem-assigned", "problem-reopened"]
    told = with_closed(notices_to(world.actor("an"), world.willow)).filter(kind="problem-unsolved")
    assert told.get().closed is False
    solved(world, row)
    assert told.get().closed is True
    outcomes.answer_as_asker(nobody, code=row.code, word="yes")
    assert queries.closure_of(row).word_way == "link"  # type: ignore[union-attr]
    for code in ("", "AAAA-BBBB-CCCC"):
        with pytest.raises(Absent):
            outcomes.answer_as_asker(nobody, code=code, word="yes")


def test_what_waits_for_a_task_is_neither_reported_nor_ripe_nor_offered_to_be_closed(
    world: World,
) -> None:
    row = steps.problem(world, world.bureau)
    task, deng = steps.task(world, row, world.bureau), world.actor("deng")
    pages = {"an": f"/problems/{row.pk}/solved/", "deng": f"/problems/{row.pk}/report/"}
    shown = {who: text(browser(world, who).get(f"/problems/{row.pk}/")) for who in pages}
    assert not any(page in shown[who] for who, page in pages.items())
    assert pages["deng"] not in text(browser(world, "deng").get("/problems/ours/"))
    with pytest.raises(Refused, match=r"problem\.tasks"):
        outcomes.state_outcome(deng, problem_id=row.pk, outcome="电梯已换新，运行正常")
    assert ripe(world) == []
    problem_tasks.end_task(deng, task_id=task.pk, result="方案已定")
    assert ripe(world) == [row.pk]
    assert pages["deng"] in text(browser(world, "deng").get("/problems/ours/"))
    outcomes.state_outcome(deng, problem_id=row.pk, outcome="电梯已换新，运行正常")
    assert pages["an"] in text(browser(world, "an").get(f"/problems/{row.pk}/"))
    steps.task(world, row, world.bureau)
    assert ripe(world) == [], "another step is wanted first"
