"""A district asks its streets, too; who has not answered is reminded before the last day."""

from datetime import timedelta

from baodao.inquiries.commands.requests import extend_request
from baodao.inquiries.queries.requests import (
    figures_below,
    lines_to_answer,
    receivers_below,
    rows_of,
)
from baodao.inquiries.queries.tasks import request_tasks
from baodao.inquiries.tasks import remind_of_requests
from baodao.kernel import clock
from baodao.notices.queries.notices import notices_to
from tests.inquiries.test_requests import (
    IN_SERVICE,
    answered,
    asked,
    closed_requests,
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
