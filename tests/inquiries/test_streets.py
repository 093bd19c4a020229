"""A district asks its streets, too; who has not answered is reminded before the last day."""

from datetime import timedelta

from baodao.inquiries.commands.requests import extend_request
from baodao.inquiries.queries.requests import (
    figures_below,
    lines_to_answer,
    receivers_below,
    rows_of,
    sums_of,
)
from baodao.inquiries.queries.tasks import request_tasks
from baodao.inquiries.tables.requests import preview_of
from baodao.inquiries.tasks import remind_of_requests
from baodao.kernel import clock
from baodao.needs.commands.requests import collect
from baodao.needs.rules.requests import NeedFacts
from baodao.notices.queries.notices import notices_to
from baodao.reporttables.rules.formulas import metric_formula
from baodao.reporttables.rules.own import OwnColumn
from tests.inquiries.test_requests import (
    IN_SERVICE,
    POOR,
    answered,
    asked,
    closed_requests,
    content,
    line,
    street,
    year,
)
from tests.registration.browsing import browser, text
from tests.world import World


def test_a_district_asks_its_streets_and_a_street_answers(world: World) -> None:
    street(world)
    fan, lu = world.actor("fan"), world.actor("lu")
    assert world.willow_street in receivers_below(world.east)
    assert world.willow_street not in receivers_below(world.willow_street)
    request = asked(world, world.willow_street, columns=(IN_SERVICE,))
    figures = figures_below(world.east, [IN_SERVICE], year()).get(world.willow_street.pk)
    [waiting] = lines_to_answer(lu, world.willow_street)
    [task] = request_tasks(lu, world.willow_street).answer()
    assert (task.address, task.row) == ("inquiries:answer", waiting.pk)
    page = browser(world, "lu")
    assert "困难党员摸底" in text(page.get("/requests/lines/"))
    assert browser(world, "fan").get("/requests/lines/").status_code == 404
    assert page.get(f"/requests/lines/{waiting.pk}/answer/").status_code == 200
    report = answered(world, "lu", waiting)
    assert report.figures == (figures or {"in_service": 0}), "what was shown before is what is said"
    assert [row.answer for row in rows_of(fan, request)] == [report]
    [task] = request_tasks(fan, world.east).answer()
    assert (task.address, task.row) == ("reports:report", report.pk)


def test_the_figures_of_a_street_hold_those_of_its_communities_and_are_added_up_once(
    world: World,
) -> None:
    street(world)
    collect(
        world.actor("an"), community_id=world.willow.pk, facts=NeedFacts("帮忙换一个灯泡", "other")
    )
    needs = OwnColumn("", "征集需求", metric_formula("needs_collected"))
    receivers = [world.willow_street, world.willow]
    request = asked(world, *receivers, columns=(needs,), questions=(POOR,))
    fan, said = world.actor("fan"), content(*receivers, columns=(needs,), questions=(POOR,))
    preview = preview_of(fan, world.east, said, [])
    assert ([line.cells[0].text for line in preview.lines], preview.sums) == ([1, 1], [1])
    for who, place in (("lu", world.willow_street), ("an", world.willow)):
        answered(world, who, line(request, place))
    assert sums_of(request, rows_of(fan, request)) == [1, 6]


def reminders(world: World) -> int:
    return notices_to(world.actor("dai"), world.bureau).filter(kind="request-due").count()


def test_who_has_not_answered_is_reminded_once_before_each_last_day(world: World) -> None:
    request = asked(world, world.bureau, world.willow, due_on=clock.today() + timedelta(days=5))
    answered(world, "an", line(request, world.willow))
    remind_of_requests()
    assert reminders(world) == 0, "the last day is far"
    near = clock.midnight(request.due_on - timedelta(days=2)) + timedelta(hours=10)
    with clock.at(near):
        for _ in range(2):
            remind_of_requests()
        assert reminders(world) == 1
        assert "request-due" not in closed_requests(world, "an", world.willow)
        extend_request(
            world.actor("fan"), request_id=request.pk, due_on=request.due_on + timedelta(days=5)
        )
        remind_of_requests()
        assert reminders(world) == 1
        assert closed_requests(world, "dai", world.bureau)["request-due"] is False
    with clock.at(near + timedelta(days=5)):
        remind_of_requests()
        assert reminders(world) == 2
        answered(world, "dai", line(request, world.bureau))
        assert closed_requests(world, "dai", world.bureau)["request-due"] is True
