"""Every address, every role, both verbs: the answers stand in `matrix.txt`; what programs are
answered by the API stands in `programs.txt`, of those whose rights are over too. And two scopes,
every page: what is Deng's and An's leaves no trace with those it is not for.

The sheet is generated from the urlconf and read by people: `python -m pytest tests/permissions
--rewrite-matrix` writes it anew, the difference is then looked at line by line. An address that has
no row, or a row that has no address, fails. POSTs are empty: what a role may not do is a 404 (or
the way to sign in), what it may do is answered with the reason why an empty form cannot be done.
A program sends a body that every operation can read, about An's community and the canary. A verb
that an address does not take is asked of one alone and has no row: who asks makes no difference.
Every answer is asked for once: the same walk notes its status, the canaries that were seen, and
where an address that only takes a form leads who opens it.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
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
from baodao.ui.pages import page_above, shows_page
from tests.permissions.absence import AbsenceMiddleware
from tests.permissions.addresses import Address, addresses
from tests.permissions.cast import ASKERS, CANARIES, CAST, PRESENT
from tests.permissions.scene import Scene, play

NOWHERE = "/nowhere/"
SHEET = Path(__file__).parent / "matrix.txt"
PROGRAM_SHEET = Path(__file__).parent / "programs.txt"
WIDTH = 46
WAY_ON = re.compile(rb'<a class="btn btn-primary" href="([^"]+)"')
SHOWN = ("200", "302", "in")
JSON = "application/json"
BODIES: dict[str, dict[str, Any]] = {
    "api:callups_supplies": {"item": "沙袋"},
    "api:callups_write_supply": {"item": "沙袋"},
    "api:needs_close_need": {"met": False},
    "api:needs_menu": {"unit": None},
    "api:needs_put_on_menu": {"unit": None},
    "api:reports_draft": {"writer": "U1001", "kind": "briefing"},
}
"""What an operation says otherwise than `_body`."""

FORMS: dict[str, Callable[[], dict[str, str]]] = {
    "reports:draft": lambda: {
        "kind": ReportKind.BRIEFING,
        "period": due_period(PeriodSpan.HALF, clock.today()).text,
    },
}
"""What the button of a page says that asks for nothing else."""

OF_A_PLACE = {
    "api:agreements_agreements": "organisation",
    "api:callups_callups": "place",
    "api:resources_resources": "organisation",
    "api:callups_draft": "place",
    "api:resources_needs": "organisation",
    "api:resources_projects": "organisation",
    "api:resources_claims": "organisation",
    "api:resources_claim": "organisation",
    "api:venues_venues": "organisation",
}
"""Lists that are read of one place, and how it is named there."""

OF_A_COMMUNITY = {
    "api:visits_contact_points",
    *("api:needs_menu", "api:needs_put_on_menu"),
    *("api:orders_orders", "api:orders_whistles", "api:series_series"),
    "api:series_publish",
    "api:pairings_pairings",
    "api:problems_problems",
    "api:problems_raise_problem",
    *("api:committees_committees", "api:committees_meetings_of_place"),
}
"""Lists that are read of one community, which has to be named."""

OF_A_UNIT = {"api:orders_whistles_of_unit", "api:needs_partner", "api:agenda_openings"}
"""Lists that are read of one unit, which has to be named."""


STRANGERS = (
    *("none", "gu", "bao", "sun", "shen", "su"),
    *("zhou", "tao", "wen", "yan", "xu", "gao"),
)
"""Visitors, nobody, the worker next door, administrators, who do not read people, and who worked in
the canary's unit or community once, in a community or a unit that is no more, who is stopped, and
somebody else who was entered three times."""

REFUSED = ("404", "in")
"""Answers of an act that is none for who asks."""

FORMER = ("lu", "mei")
"""The unit and the community to which the canary belonged before."""

INSIDERS = ("an", "deng")

WITNESSES = ("gu", "none", "chen", "an", "deng")
"""Who is asked first: what answers all of these alike opens by its key alone, or to everybody, and
the others are not asked."""

OF_RESIDENTS = (
    *("needs:need", "needs:number"),
    *("talents:list", "talents:talent", "talents:edit", "talents:for_need", "talents:number"),
    *("talents:serve", "alliance:appointment", "alliance:visitor"),
    *("venues:booking", "venues:visitor", "timebank:create_for_talent"),
)
"""Pages that name residents, to the community alone."""


def _turn(name: str) -> int:
    return WITNESSES.index(name) if name in WITNESSES else len(WITNESSES)


def _opens_by_key(answers: dict[str, str]) -> bool:
    """Whether a visitor and nobody are let in as everybody of the witnesses is."""
    return (
        "none" in answers and len(kinds := {*answers.values()}) == 1 and not kinds & {"404", "in"}
    )


class _Undo(Exception):
    """Rolls back what one request did; the browser forgets it too."""


@dataclass
class _Walk:
    """The lines of both sheets, who saw which canary at which address, what each was answered who
    opened an address, whom an act of a page answers, by its address, and what leads who opens one
    astray."""

    lines: dict[Path, list[str]]
    seen: list[tuple[str, str, str]] = field(default_factory=list)
    opened: dict[tuple[str, str], str] = field(default_factory=dict)
    doers: dict[str, list[str]] = field(default_factory=dict)
    astray: list[tuple[str, ...]] = field(default_factory=list)

    def ask(
        self,
        address: Address,
        verb: str,
        browsers: dict[str, Client],
        url: str,
        query: dict[str, str] | None = None,
        **body: Any,
    ) -> None:
        """A line of the sheet, unless the address does not take this verb."""
        answers: dict[str, str] = {}
        for name in sorted(browsers, key=_turn):
            if name not in WITNESSES and _opens_by_key(answers):
                answers[name] = answers["none"]
                continue
            answers[name], content = _answer(browsers[name], verb, url, query, **body)
            if answers[name] == "405":
                return
            if verb == "GET":
                self.opened[name, url] = answers[name]
                self._listen(name, address.name, content)
        sheet = PROGRAM_SHEET if address.of_api else SHEET
        self.lines[sheet].append(_line(address, verb, [answers[name] for name in browsers]))
        if not (address.of_api or verb == "GET" or shows_page(url)):
            self.doers[url] = [who for who, answer in answers.items() if answer not in REFUSED]

    def ask_nowhere(self, people: dict[str, Client]) -> None:
        """Open an address that is none: its page is what everybody sees who is refused another."""
        for name, browser in people.items():
            answer, content = _answer(browser, "GET", NOWHERE)
            assert answer == "404"
            assert b"<h1" in content
            self._listen(name, "nowhere", content)

    def _listen(self, name: str, where: str, content: bytes) -> None:
        """Note which canaries somebody saw there."""
        birds = (*CANARIES, *ASKERS, *PRESENT)
        self.seen += [(name, where, bird) for bird in birds if bird.encode() in content]

    def open_acts(self, people: dict[str, Client]) -> None:
        """Open every address that only takes a form: it leads to the page above, which everybody
        sees to whom the act answers; a visitor to sign in."""
        for url, doers in self.doers.items():
            page = page_above(url)
            answer, content = _answer(people["none"], "GET", url)
            if answer != "in" and not self._leads(content, page):
                self.astray.append(("none", url, answer))
            for name in doers[:1]:
                answer, content = _answer(people[name], "GET", url)
                if answer != "405" or not self._leads(content, page):
                    self.astray.append((name, url, answer))
            for name in doers:
                if (name, page) not in self.opened:
                    self.opened[name, page], _ = _answer(people[name], "GET", page)
                if self.opened[name, page] not in SHOWN:
                    self.astray.append((name, url, page))

    def _leads(self, content: bytes, page: str) -> bool:
        found = WAY_ON.search(content)
        return found is not None and found[1].decode() == page

    def seen_by(self, names: Collection[str], canaries: Collection[str] = CANARIES) -> list[str]:
        return [
            f"{who} {where}" for who, where, bird in self.seen if who in names and bird in canaries
        ]


def _answer(
    client: Client, verb: str, url: str, query: dict[str, str] | None = None, **body: Any
) -> tuple[str, bytes]:
    answer, content, cookies = "?", b"", client.cookies.copy()
    try:
        with transaction.atomic():
            response = client.get(url, query) if verb == "GET" else client.post(url, **body)
            answer = str(response.status_code)
            content = b"".join(response) if response.streaming else response.content
            if response.status_code == 302 and "/sign-in/" in response["Location"]:
                answer = "in"
            raise _Undo
    except _Undo:
        client.cookies = cookies
        return answer, content


def _line(address: Address, verb: str, answers: list[str]) -> str:
    return f"{address.name:<{WIDTH}} {verb:<4} " + " ".join(f"{answer:>4}" for answer in answers)


def _head(names: Iterable[str]) -> str:
    return f"{'address':<{WIDTH}} verb " + " ".join(f"{name:>4}" for name in names)


@cache
def _walk() -> _Walk:
    """Everybody at every address, once for all tests; at one instant, so that nobody's session is
    written anew by each request of a long walk."""
    scene = play()
    walk = _Walk({SHEET: [_head(CAST)], PROGRAM_SHEET: [_head(scene.programs)]})
    with clock.at(clock.now()):
        for address in addresses():
            _visit(walk, scene, address)
        people = {name: scene.client(name) for name in CAST}
        walk.ask_nowhere(people)
        walk.open_acts(people)
    return walk


def _visit(walk: _Walk, scene: Scene, address: Address) -> None:
    """Everybody at one address, with both verbs."""
    people = {name: scene.client(name) for name in CAST}
    for verb in ("GET", "POST"):
        if address.of_api:
            url = address.url(scene.values | {"code": scene.world.willow.code})
            data = _body(scene) | BODIES.get(address.name, {})
            query = _query(scene, address.name)
            walk.ask(address, verb, scene.programs, url, query, data=data, content_type=JSON)
        else:
            form = {"data": FORMS[address.name]()} if address.name in FORMS else {}
            walk.ask(address, verb, people, address.url(scene.values), **form)


def _query(scene: Scene, name: str) -> dict[str, str] | None:
    """Of which community or unit a list is read, where that has to be said."""
    if name in OF_A_UNIT:
        return {"unit": scene.world.bureau.code}
    if name == "api:adoptions_results":
        return {"adoption": str(scene.values["adoption_id"])}
    if name in OF_A_PLACE:
        return {OF_A_PLACE[name]: scene.world.willow.code}
    return {"community": scene.world.willow.code} if name in OF_A_COMMUNITY else None


def _body(scene: Scene) -> dict[str, Any]:
    """What every operation can read: the facts of each, under their names."""
    values, number = scene.values, scene.world.people["canary"].number
    today = f"{clock.today():%Y-%m-%d}"
    tomorrow = f"{clock.today() + timedelta(days=1):%Y-%m-%d}"  # ahead at every hour
    service = {"person": number, "served_on": today, "minutes": 7}
    body = {
        "approve": False,
        "basis": "区委文件",
        "begins": "09:00",
        "business": ["小区东门拥堵"],
        "branches": [scene.world.first.code],
        "came": [str(uuid4())],
        "caller": scene.world.willow.code,
        "category": "convenience",
        "claims": [str(values["claim_id"])],
        "community": scene.world.willow.code,
        "due_on": today,
        "owner": scene.world.bureau.code,
        "ended_on": today,
        "ends": "11:00",
        "ends_at": f"{tomorrow}T23:30:00+08:00",
        "fields": {},
        "first_on": tomorrow,
        "grades": [{"offer": str(values["activity_id"]), "grade": "good"}],
        "grid": None,
        "amount": "1",
        "into": str(values["need_id"]),
        "kind": "post",
        "lines": [
            {"id": str(uuid4()), "side": "arrival", "at": f"{tomorrow}T22:30:00+08:00", "code": "A"}
        ],
        "minutes": 60,
        "offer": str(values["offer_id"]),
        "on": today,
        "person": number,
        "persons": [number],
        "period": due_period(PeriodSpan.HALF, clock.today()).text,
        "place": "3号楼",
        "places": 3,
        "name": "张三",
        "reason": "moved",
        "questions": [{"label": "困难党员数"}],
        "resource": str(values["resource_id"]),
        "receipts": [str(values["receipt_id"])],
        "party": scene.world.team.code,
        "receivers": [scene.world.willow.code],
        "registrations": [str(values["registration_id"])],
        "requests": [str(values["request_id"])],
        "rhythm": "week",
        "road": "members",
        "schedule": "每周六",
        "seen": "0" * 64,
        "side": "in",
        "sender": scene.world.east.code,
        "services": [{**service, "category": "environment", "way": "post"}],
        "source": "window",
        "spot": "3号楼",
        "starts_at": f"{tomorrow}T22:30:00+08:00",
        "statements": [str(values["statement_id"])],
        "takes_place": True,
        "task": "转移低洼处住户",
        "team": None,
        "text": "请人帮忙",
        "title": "法律咨询岗",
        "words": "防汛值守，回来补录",
        "unit": scene.world.bureau.code,
        "until": today,
        "until_on": f"{clock.today() + timedelta(days=90):%Y-%m-%d}",
        "urgency": "normal",
        "weekly": 5,
    }
    return body | {"before": body}


@pytest.fixture(autouse=True)
def _settings(settings: Settings) -> None:
    """Many sign in from one address, and most of them find most doors closed."""
    settings.AXES_ENABLED = False
    absence = f"{AbsenceMiddleware.__module__}.{AbsenceMiddleware.__qualname__}"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, absence]


@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_sheet_says(request: pytest.FixtureRequest) -> None:
    sheets = _walk().lines
    if request.config.getoption("--rewrite-matrix"):
        for file, found in sheets.items():
            file.write_text("\n".join(found) + "\n")
    for file, found in sheets.items():
        kept = file.read_text().splitlines()
        assert [line for line in found if line not in kept] == []
        assert found == kept


@pytest.mark.django_db
def test_who_opens_the_address_of_an_act_is_led_to_its_page() -> None:
    assert len(_walk().doers) >= 60
    assert _walk().astray == []


@pytest.mark.django_db
def test_strangers_never_see_a_trace_of_somebody_else_s_member() -> None:
    assert _walk().seen_by(STRANGERS) == []


@pytest.mark.django_db
def test_those_it_is_for_do_see_them_so_the_canary_can_sing() -> None:
    seen = _walk().seen_by(INSIDERS)
    assert "an registration:members" in seen
    assert "deng registration:letters" in seen
    assert {f"{name} api:registration_registrations" for name in INSIDERS} <= set(seen)


@pytest.mark.django_db
def test_who_asked_for_help_is_seen_by_their_community_alone() -> None:
    seen = set(_walk().seen_by(CAST, ASKERS))
    assert seen == {f"{name} {page}" for name in ("an", "ji") for page in OF_RESIDENTS}


@pytest.mark.django_db
def test_those_of_before_know_what_was_and_never_what_is() -> None:
    assert _walk().seen_by(FORMER, PRESENT) == []


@pytest.mark.django_db
def test_those_of_before_still_find_whom_they_had_to_do_with() -> None:
    seen = _walk().seen_by(FORMER, CANARIES[:1])
    assert {"lu home:person", "mei home:person"} <= set(seen)


def test_who_moved_on_has_no_power_through_a_token() -> None:
    """A token of Zhou's or Xu's reads what all may, and nothing more; Tao's ended with the
    community, Wen's with the unit, Gao's with the account."""
    head, *lines = (line.split() for line in PROGRAM_SHEET.read_text().splitlines())
    operations = [line for line in lines if line[0] not in PUBLIC]
    assert len(operations) > 40
    seen = {
        name: {line[0] for line in operations if line[head.index(name)] not in ("401", "403")}
        for name in ("zhou", "tao", "wen", "xu", "gao")
    }
    own = {"api:accounts_me", "api:orgs_organisations", "api:orgs_organisation"}
    own.add("api:statements_categories")
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
    "alliance:answer_booked",
    "alliance:book",
    "alliance:booked",
    "alliance:cancel_booked",
    "alliance:forget_booked",
    "alliance:move_booked",
    "alliance:services",
    "attendance:along",
    "attendance:manifest",
    "attendance:worker",
    "documents:verify",
    "needs:answer_asked",
    "needs:ask",
    "needs:asked",
    "needs:find_asked",
    "needs:order",
    "opinions:settled",
    "needs:withdraw_asked",
    "needs:forget_asker",
    "notices:complaint",
    "notices:complaint_answer",
    "notices:off",
    "opinions:sheet",
    "problems:answer_asked",
    "problems:asked",
    "agenda:feed",
    "registration:letter_link",
    "registration:letter_open",
    "statements:by_code",
    "talents:keep",
    "talents:offer",
    "talents:own",
    "venues:book",
    "venues:booked",
    "venues:cancel_booked",
    "venues:forget_booked",
    "venues:move_booked",
    "venues:near",
    "venues:public",
    "talents:withdraw",
    "timebank:by_code",
    "ui:help",
    "visits:along",
    "visits:manifest",
    "visits:worker",
}
"""What a visitor may open: signing in, help, a word to us, what residents enter, order and book on
the page of their community or find by its code, papers that carry their own key, how the API is
used, which tells nothing that the source does not, and the pages on a phone that work without
network, which name nobody."""
