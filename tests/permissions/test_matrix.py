"""Every address, every role, both verbs: the answers stand in `matrix.txt`; what programs are
answered by the API stands in `programs.txt`, of those whose rights are over too.

The sheet is generated from the urlconf and read by people: `python -m pytest tests/permissions
--rewrite-matrix` writes it anew, the difference is then looked at line by line. An address that has
no row, or a row that has no address, fails. POSTs are empty: what a role may not do is a 404 (or
the way to sign in), what it may do is answered with the reason why an empty form cannot be done.
A program sends a body that every operation can read, about An's community and the canary.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from baodao.kernel import clock
from baodao.kernel.spans import PeriodSpan, due_period
from baodao.reports.rules.plans import ReportKind
from tests.permissions.addresses import Address, addresses
from tests.permissions.scene import CAST, Scene, play

SHEET = Path(__file__).parent / "matrix.txt"
PROGRAM_SHEET = Path(__file__).parent / "programs.txt"
WIDTH = 46
JSON = "application/json"
BODIES: dict[str, dict[str, Any]] = {
    "api:needs_close_need": {"met": False},
    "api:reports_draft": {"writer": "U1001", "kind": "briefing", "period": "2026-H1"},
}
"""What an operation says otherwise than `_body`."""

FORMS: dict[str, Callable[[], dict[str, str]]] = {
    "reports:draft": lambda: {
        "kind": ReportKind.BRIEFING,
        "period": due_period(PeriodSpan.HALF, clock.today()).text,
    },
}
"""What the button of a page says that asks for nothing else."""

OF_A_COMMUNITY = {
    *("api:needs_menu", "api:needs_put_on_menu"),
    *("api:orders_orders", "api:orders_whistles", "api:series_series"),
    "api:series_publish",
    "api:pairings_pairings",
}
"""Lists that are read of one community, which has to be named."""

OF_A_UNIT = {"api:needs_partner", "api:agenda_openings"}
"""Lists that are read of one unit, which has to be named."""


class _Undo(Exception):
    """Rolls back what one request did; the browser forgets it too."""


def _answer(
    client: Client, verb: str, url: str, query: dict[str, str] | None = None, **body: Any
) -> str:
    answer, cookies = "?", client.cookies.copy()
    try:
        with transaction.atomic():
            response = client.get(url, query) if verb == "GET" else client.post(url, **body)
            answer = str(response.status_code)
            if response.status_code == 302 and "/sign-in/" in response["Location"]:
                answer = "in"
            raise _Undo
    except _Undo:
        client.cookies = cookies
        return answer


def _line(address: Address, verb: str, answers: list[str]) -> str:
    return f"{address.name:<{WIDTH}} {verb:<4} " + " ".join(f"{answer:>4}" for answer in answers)


def _head(names: Iterable[str]) -> str:
    return f"{'address':<{WIDTH}} verb " + " ".join(f"{name:>4}" for name in names)


def _sheet(scene: Scene) -> list[str]:
    lines = [_head(CAST)]
    for address in addresses():
        if address.of_api:
            continue
        url = address.url(scene.values)
        for verb in ("GET", "POST"):
            body = {"data": FORMS[address.name]()} if address.name in FORMS else {}
            answers = [_answer(scene.client(name), verb, url, **body) for name in CAST]
            lines.append(_line(address, verb, answers))
    return lines


def _program_sheet(scene: Scene) -> list[str]:
    nobody, *others = scene.programs.values()
    lines, body = [_head(scene.programs)], _body(scene)
    for address in addresses():
        if not address.of_api:
            continue
        url = address.url(scene.values | {"code": scene.world.willow.code})
        query = _query(scene, address.name)
        data = body | BODIES.get(address.name, {})
        said = {"query": query, "data": data, "content_type": JSON}
        for verb in ("GET", "POST"):
            first = _answer(nobody, verb, url, **said)
            if first != "405":
                answers = [first, *(_answer(one, verb, url, **said) for one in others)]
                lines.append(_line(address, verb, answers))
    return lines


def _query(scene: Scene, name: str) -> dict[str, str] | None:
    """Of which community or unit a list is read, where that has to be said."""
    if name in OF_A_UNIT:
        return {"unit": scene.world.bureau.code}
    return {"community": scene.world.willow.code} if name in OF_A_COMMUNITY else None


def _body(scene: Scene) -> dict[str, Any]:
    """What every operation can read: the facts of each, under their names."""
    values, number = scene.values, scene.world.people["canary"].number
    today = f"{clock.today():%Y-%m-%d}"
    service = {"person": number, "served_on": today, "minutes": 7}
    body = {
        "approve": False,
        "begins": "09:00",
        "branches": [scene.world.first.code],
        "category": "convenience",
        "claims": [str(values["claim_id"])],
        "community": scene.world.willow.code,
        "ended_on": today,
        "ends": "11:00",
        "ends_at": f"{today}T23:30:00+08:00",
        "first_on": today,
        "grid": None,
        "into": str(values["need_id"]),
        "kind": "post",
        "lines": [
            {"id": str(uuid4()), "side": "arrival", "at": f"{today}T22:30:00+08:00", "code": "A"}
        ],
        "minutes": 60,
        "offer": str(values["offer_id"]),
        "on": today,
        "person": number,
        "persons": [number],
        "place": "3号楼",
        "places": 3,
        "name": "张三",
        "reason": "moved",
        "receipts": [str(values["receipt_id"])],
        "party": scene.world.team.code,
        "registrations": [str(values["registration_id"])],
        "requests": [str(values["request_id"])],
        "rhythm": "week",
        "road": "members",
        "schedule": "每周六",
        "services": [{**service, "category": "environment", "way": "post"}],
        "starts_at": f"{today}T22:30:00+08:00",
        "statements": [str(values["statement_id"])],
        "takes_place": True,
        "team": None,
        "text": "请人帮忙",
        "title": "法律咨询岗",
        "words": "防汛值守，回来补录",
        "unit": scene.world.bureau.code,
        "until_on": f"{clock.today() + timedelta(days=90):%Y-%m-%d}",
        "urgency": "normal",
        "weekly": 5,
    }
    return body | {"before": body}


@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_sheet_says(
    settings: Settings, request: pytest.FixtureRequest
) -> None:
    settings.AXES_ENABLED = False
    scene = play()
    sheets = {SHEET: _sheet(scene), PROGRAM_SHEET: _program_sheet(scene)}
    if request.config.getoption("--rewrite-matrix"):
        for file, found in sheets.items():
            file.write_text("\n".join(found) + "\n")
    assert sheets == {file: file.read_text().splitlines() for file in sheets}


def test_who_moved_on_has_no_power_through_a_token() -> None:
    """A token of Zhou's or Xu's tells what it still holds, which is nothing; Tao's ended with the
    community, Wen's with the unit, Gao's with the account."""
    head, *lines = (line.split() for line in PROGRAM_SHEET.read_text().splitlines())
    operations = [line for line in lines if line[0] not in PUBLIC]
    assert len(operations) > 40
    seen = {
        name: {line[0] for line in operations if line[head.index(name)] not in ("401", "403")}
        for name in ("zhou", "tao", "wen", "xu", "gao")
    }
    own = {"api:accounts_me", "api:orgs_organisations", "api:orgs_organisation"}
    assert seen == {"zhou": own, "tao": set(), "wen": set(), "xu": own, "gao": set()}


def test_no_address_breaks_and_no_visitor_gets_in() -> None:
    sheets = (SHEET, PROGRAM_SHEET)
    rows = [line.split() for sheet in sheets for line in sheet.read_text().splitlines()[1:]]
    assert [row for row in rows if any(answer.startswith("5") for answer in row[2:])] == []
    open_to_visitors = {row[0] for row in rows if row[2] in ("200", "302")}
    assert open_to_visitors <= OPEN


PUBLIC = frozenset({"api:api-root", "api:openapi", "api:nowhere"})

OPEN = {
    "attendance:came",  # by the key that a scanned code gave; it leads to the page without one
    "account_inactive",
    "account_login",
    "account_logout",
    "accounts:preferences",
    "api:api-root",
    "api:openapi",
    "attendance:along",
    "attendance:manifest",
    "attendance:worker",
    "documents:verify",
    "needs:answer_asked",
    "needs:ask",
    "needs:asked",
    "needs:find_asked",
    "needs:order",
    "needs:withdraw_asked",
    "needs:forget_asker",
    "notices:complaint",
    "notices:complaint_answer",
    "notices:off",
    "agenda:feed",
    "registration:letter_link",
    "registration:letter_open",
    "statements:by_code",
    "ui:help",
}
"""What a visitor may open: signing in, help, a word to us, papers that carry their own key, how
the API is used, which tells nothing that the source does not, and the page of a list on a phone,
which names nobody."""
