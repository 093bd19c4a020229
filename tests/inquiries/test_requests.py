"""What an authority asks of those below: seen before it is sent, never twice, answered, summed."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from baodao.burden.models import BurdenEntry
from baodao.documents.queries import issued_items
from baodao.inquiries.commands.answers import answer_request
from baodao.inquiries.commands.requests import (
    extend_request,
    note_doubles,
    send_request,
    withdraw_request,
)
from baodao.inquiries.models import ReportRequest, RequestLine
from baodao.inquiries.queries.requests import figures_below, lines_to_answer, rows_of, sums_of
from baodao.inquiries.rules.requests import RequestContent, RequestField, RequestFieldKind
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.notices.queries.notices import notices_to
from baodao.notices.queries.pending import with_closed
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.reports.commands.drafts import draft_again
from baodao.reports.commands.submissions import acknowledge_reports, return_to_writer
from baodao.reports.models import Report
from baodao.reporttables.rules.formulas import metric_formula
from baodao.reporttables.rules.own import OwnColumn
from tests import factories
from tests.orgs.test_reorganisations import done, undone
from tests.registration import steps as registration
from tests.reports.steps import receipt
from tests.world import World

POOR = RequestField("困难党员数", RequestFieldKind.NUMBER)
NEXT = RequestField("下一步打算", RequestFieldKind.WORDS)
IN_SERVICE = OwnColumn("", "在职党员数", metric_formula("in_service"))
REGISTERED = OwnColumn("", "报到党员数", metric_formula("registered"))


def year() -> Period:
    today = clock.today()
    return read_period("", AsOf(clock.end_of(today), today))


def content(*receivers: Organisation, **changes: Any) -> RequestContent:
    """困难党员摸底, of these, by the day after tomorrow."""
    facts: dict[str, Any] = {
        "title": "困难党员摸底",
        "basis": "区委组织部通知〔2026〕12号",
        "period": year(),
        "due_on": clock.today() + timedelta(days=2),
        "receiver_ids": tuple(one.pk for one in receivers),
        "columns": (IN_SERVICE, REGISTERED),
        "questions": (POOR, NEXT),
    }
    return RequestContent(**facts | changes)


def asked(world: World, *receivers: Organisation, **changes: Any) -> ReportRequest:
    """Fan asks, of the bureau where nobody is named."""
    said = content(*(receivers or [world.bureau]), **changes)
    return send_request(world.actor("fan"), sender_id=world.east.pk, content=said)


def line(request: ReportRequest, place: Organisation) -> RequestLine:
    return request.lines.get(organisation=place, ended_at=None)


def answered(world: World, who: str, at: RequestLine, poor: str = "3", version: int = 1) -> Report:
    answers = {"困难党员数": poor, "下一步打算": "逐户走访。"}
    return answer_request(
        world.actor(who), line_id=at.pk, version=version, answers=answers, signer="邓敏"
    )


def street(world: World) -> None:
    """Lu supervises the street of An's community."""
    world.accounts["lu"] = factories.account("陆街道", Role.SUPERVISOR, world.willow_street)


def notes() -> Counter[tuple[str, str]]:
    rows = BurdenEntry.objects.values_list("organisation__name", "kind")
    return Counter((name, kind) for name, kind in rows)


def test_an_answer_has_figures_that_nobody_typed_and_they_stay(world: World) -> None:
    request = asked(world, world.bureau, world.willow)
    assert closed_requests(world, "dai", world.bureau) == {"request-sent": False}
    [waiting] = lines_to_answer(world.actor("dai"), world.bureau)
    report = answered(world, "dai", waiting)
    assert (report.figures["in_service"], report.figures["registered"]) == (1, 0)
    assert closed_requests(world, "dai", world.bureau) == {"request-sent": True}
    assert not lines_to_answer(world.actor("dai"), world.bureau)
    [item] = issued_items([report.pk], "request-answer")
    texts = [
        "".join(p if isinstance(p, str) else p["text"] for p in one) for one in item["report_text"]
    ]
    assert "在职党员数：1" in texts
    assert "困难党员数：3" in texts
    registration.accepted(world)
    answered(world, "an", line(request, world.willow), poor="4")
    rows = rows_of(world.actor("fan"), request)
    assert sums_of(request, rows) == [1, 0, 7, None], "the figures are those of the answers"
    alone = rows_of(world.actor("an"), request)
    assert sums_of(request, alone) == [None, None, 4, None], "no figure tells of a community"
    assert issued_items([report.pk], "request-answer") == [item]
    assert notes() == {
        ("区城建局机关党委", "form"): 1, ("柳荫社区", "form"): 1,
        ("区城建局机关党委", "field"): 2, ("柳荫社区", "field"): 2,
        ("区城建局机关党委", "figure"): 2,
    }  # fmt: skip


def closed_requests(world: World, who: str, place: Organisation) -> dict[str, bool]:
    """By kind whether what was told there of requests is closed."""
    rows = with_closed(notices_to(world.actor(who), place)).filter(kind__startswith="request-")
    return {row.kind: row.closed for row in rows.order_by("show_at", "pk")}


def test_what_another_asks_of_the_same_time_is_refused_and_noted_once(world: World) -> None:
    street(world)
    first = asked(world, world.willow, world.bureau)
    lu = world.actor("lu")
    words = RequestField(" 困难 党员数", RequestFieldKind.NUMBER)
    again = content(world.willow, world.bridge, questions=(words,), title="困难党员统计")
    key = {"sender_id": world.willow_street.pk, "content": again}
    with pytest.raises(Refused) as refused:
        send_request(lu, **key)
    assert refused.value.code == "request.double"
    assert refused.value.facts["title"] == first.title
    for _ in range(2):
        [double] = note_doubles(lu, **key)
        assert (double.request_id, [*double.names.values()]) == (first.pk, ["柳荫社区"])
    assert notes()["柳荫社区", "double"] == 1
    withdraw_request(world.actor("fan"), request_id=first.pk, reason="已另行汇总")
    assert send_request(lu, **key).lines.count() == 2
    before = content(world.willow, period=read_period("2024", AsOf(clock.now())))
    assert send_request(lu, **{**key, "content": before}), "of another time it is no double"


def test_what_the_records_know_is_not_asked(world: World) -> None:
    known = RequestField("在职党员数", RequestFieldKind.NUMBER)
    for changes, code in (
        ({"questions": (known,)}, "request.known"),
        ({"questions": ()}, "request.all-here"),
        ({"basis": " "}, "request.basis"),
        ({"due_on": clock.today()}, "request.due"),
        ({"receiver_ids": ()}, "request.nobody"),
    ):
        with pytest.raises(Refused) as refused:
            asked(world, **changes)
        assert refused.value.code == code
    figures = figures_below(world.east, [IN_SERVICE], year())
    assert figures[world.bureau.pk] == {"in_service": 1}
    for sender, receiver in ((world.west, world.cloud), (world.east, world.cloud)):
        key = {"sender_id": sender.pk, "content": content(receiver)}
        for act in (send_request, note_doubles):
            with pytest.raises(Absent):
                act(world.actor("fan"), **key)


def test_a_returned_answer_is_followed_by_the_next_version(world: World) -> None:
    request = asked(world)
    at, fan = line(request, world.bureau), world.actor("fan")
    first = answered(world, "dai", at)
    with pytest.raises(Refused, match=r"request\.answered"):
        answered(world, "deng", at)
    with pytest.raises(Absent):
        draft_again(world.actor("dai"), report_id=first.pk)
    return_to_writer(fan, receipt_id=receipt(first, "东岸区").pk, reason="数字请核实")
    assert [row.waits for row in rows_of(fan, request)] == [False]
    second = answered(world, "deng", at, poor="2", version=2)
    assert (second.version, second.replaces) == (2, first)
    assert notes()["区城建局机关党委", "field"] == 3, "what stayed was not typed again"
    assert notes()["区城建局机关党委", "figure"] == 2
    acknowledge_reports(fan, receipt_ids=[receipt(second, "东岸区").pk])
    with pytest.raises(Absent):
        answered(world, "an", at, version=3)
    return_to_writer(fan, receipt_id=receipt(second, "东岸区").pk, reason="再核实")
    returned = with_closed(notices_to(world.actor("dai"), world.bureau))
    assert returned.filter(kind="answer-returned", closed=False).exists()
    withdraw_request(fan, request_id=request.pk, reason="不再需要")
    assert not returned.filter(kind="answer-returned", closed=False).exists()


def test_more_time_is_told_and_a_withdrawn_request_asks_nobody(world: World) -> None:
    request = asked(world, world.bureau, world.willow)
    answered(world, "an", line(request, world.willow))
    fan, later = world.actor("fan"), clock.today() + timedelta(days=9)
    with pytest.raises(Refused, match=r"request\.earlier"):
        extend_request(fan, request_id=request.pk, due_on=request.due_on)
    assert extend_request(fan, request_id=request.pk, due_on=later).due_on == later
    assert closed_requests(world, "dai", world.bureau)["request-extended"] is False
    assert "request-extended" not in closed_requests(world, "an", world.willow)
    with clock.at(clock.midnight(later + timedelta(days=1))):
        states = {row.writer.name: row.overdue for row in rows_of(fan, request)}
        assert states == {"区城建局机关党委": True, "柳荫社区": False}
    withdraw_request(fan, request_id=request.pk, reason="不再需要")
    assert closed_requests(world, "dai", world.bureau)["request-sent"] is True
    with pytest.raises(Absent):
        answered(world, "dai", line(request, world.bureau))
    assert sums_of(request, rows_of(fan, request))[2] == 3, "what was answered stays"


def test_a_returned_answer_is_counted_in_no_sum(world: World) -> None:
    request = asked(world, world.bureau, world.willow)
    fan, back = world.actor("fan"), answered(world, "an", line(request, world.willow))
    answered(world, "dai", line(request, world.bureau), poor="2")
    return_to_writer(fan, receipt_id=receipt(back, "东岸区").pk, reason="请核实")
    assert sums_of(request, rows_of(fan, request))[2] == 2


def test_what_is_asked_goes_to_who_takes_over_once(world: World) -> None:
    request = asked(world, world.willow, world.bridge)
    other = asked(
        world, world.willow, questions=(NEXT,), period=read_period("2025", AsOf(clock.now()))
    )
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    asks = {(row.request_id, row.organisation.name) for row in lines_to_answer(world.actor("bao"))}
    assert asks == {(request.pk, "石桥社区"), (other.pk, "石桥社区")}
    undone(world, act)
    asks = {row.request_id for row in lines_to_answer(world.actor("an"))}
    assert asks == {request.pk, other.pk}
    report = answered(world, "an", line(request, world.willow))
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    rows = {row.writer.name: row.answer for row in rows_of(world.actor("fan"), request)}
    assert rows == {"柳荫社区": report, "石桥社区": None}


def test_who_was_moved_away_is_asked_no_more(world: World) -> None:
    request = asked(world)
    done(world, world.bureau, Aim(Reform.MOVED, parent_id=world.west.pk))
    assert not lines_to_answer(world.actor("dai"))
    assert [(row.reached, row.overdue) for row in rows_of(world.actor("fan"), request)] == [
        (False, False)
    ]
