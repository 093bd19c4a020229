"""The API as a whole: what its description promises is what it gives, whatever is sent."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from html import unescape
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ninja import Schema
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    response_schema_conformance,
    status_code_conformance,
)

from baodao.accounts.rules import SCOPES
from baodao.config.api import ROUTERS, api
from baodao.config.reference import reference
from baodao.config.wsgi import application
from baodao.kernel import clock
from baodao.ledger.commands.corrections import reverse
from baodao.statements.models import Statement
from tests import factories
from tests.architecture.test_catalogues import chinese_messages
from tests.ledger import steps as ledger_steps
from tests.needs.steps import need as asked
from tests.offers import answers
from tests.offers import steps as offer_steps
from tests.registration import steps
from tests.world import World

CHECKS = [
    content_type_conformance,
    missing_required_header,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
]
EXAMPLES = 10
WITHOUT_SCOPE = 3
"""What a token sends to an operation that it may not call: always the same answer."""
TOKENS = {"deng": "bureau", "an": "willow", "fan": "east"}
"""Whose token, and for which organisation: a unit's, a community's, a reader's."""


def inside(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application in the test's own transaction: it must not close the connection."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        return application(environ, start)
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)


def _described() -> dict[str, Any]:
    """As a program gets it."""
    told: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return told


DESCRIBED = schemathesis.openapi.from_dict(_described())
DESCRIBED.app = inside
DESCRIBED.config.generation.update(with_security_parameters=False)
OPERATIONS = {
    one.ok().definition.raw["operationId"]: one.ok() for one in DESCRIBED.get_all_operations()
}


def _known(world: World, operation: str) -> dict[str, list[Any]]:
    """Values that exist, so that what is sent sometimes means something."""
    known = {
        "needs": _offered, "offers": _offered, "orders": _offered,
        "claims": _offered, "attendance": _offered, "statements": _recorded,
    }  # fmt: skip
    more = known.get(operation.split("_")[0])
    return _registered(world) | (more(world) if more else {})


def _registered(world: World) -> dict[str, list[Any]]:
    others = steps.members(world, 3)
    waiting, here = steps.submitted(world), steps.accepted(world, others[0])
    letter = steps.issued(world, others[1])
    return {
        "registration_id": [str(row.pk) for row in (waiting, here, letter)],
        "registrations": [[str(waiting.pk), str(letter.pk)], [str(here.pk)]],
        "persons": [[others[2].number], [world.people["chen"].number]],
        "code": [world.willow.code, world.first.code],
        "community": [world.willow.code, world.bridge.code],
        "grid": [world.grid.code],
        "team": [world.team.code],
        "unit": [world.bureau.code],
        "person": [world.people["chen"].number],
    }


def _offered(world: World) -> dict[str, list[Any]]:
    """A draft, an activity with a claim and a post to which somebody applied; two needs."""
    member = offer_steps.registered(world, 1)[0]
    coming, post = (offer_steps.published(world, kind) for kind in ("activity", "post"))
    claims = [offer_steps.claimed(one, member)[0] for one in (coming, post)]
    begun = answers.offer(world, starts_at=clock.now() - timedelta(hours=3))
    need, helped = asked(world), answers.answered(world, begun, "open")
    came = world.people["chen"].number
    return {
        "offer_id": [str(one.pk) for one in (coming, post, begun)],
        "offer": [str(coming.pk)],
        "need_id": [str(need.pk), str(helped.pk)],
        "claims": [[str(one.pk)] for one in claims],
        "claim_id": [str(one.pk) for one in claims],
        "category": ["environment", "policy"],
        "persons": [[came], []],
        "met": [[str(helped.pk)], []],
        "starts_at": [offer_steps.hour().isoformat(), "2000-01-01T00:00:00Z"],
        "ends_at": [offer_steps.hour(at=11).isoformat(), "2099-12-31T00:00:00Z"],
        "organiser": [world.willow.code, world.team.code],
    }


def _recorded(world: World) -> dict[str, list[Any]]:
    """Two records, one of them reversed, and a statement that waits."""
    person = ledger_steps.hosted(world, steps.members(world, 1)[0])
    told = {"person": person.number, "minutes": 60, "category": "environment", "way": "post"}
    made = [ledger_steps.record(world, person, minutes=minutes) for minutes in (60, 90)]
    willow = world.willow.pk
    reverse(world.actor("an"), community_id=willow, record_id=made[1].id, reason="重复")
    statement = Statement.objects.create(
        person=person, community=world.willow, served_on=ledger_steps.DAY, minutes=30,
        category="culture", way="post", state="waiting",
    )  # fmt: skip
    return {
        "code": [world.willow.code, world.bridge.code],
        "record_id": [str(one.id) for one in made],
        "statement_id": [str(statement.pk)],
        "statements": [[str(statement.pk)]],
        "services": [[{**told, "served_on": day}] for day in ("2000-01-01", "2026-07-05")],
    }


def _mixed(part: Any, known: dict[str, list[Any]], draw: Callable[..., Any]) -> None:
    """Put existing values into half of the places that could hold them."""
    if not isinstance(part, dict):
        return
    for name in sorted(part.keys() & known.keys()):
        if draw(st.booleans()):
            part[name] = draw(st.sampled_from(known[name]))


@pytest.mark.parametrize("name", TOKENS)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_it_answers_as_described_whatever_is_sent(world: World, operation: str, name: str) -> None:
    known = _known(world, operation)
    place = world.places[TOKENS[name]]
    token = factories.token(world.actor(name), place)
    modes = [OPERATIONS[operation].as_strategy(generation_mode=mode) for mode in GenerationMode]
    scope = OPERATIONS[operation].definition.raw.get("x-scope")
    may = scope is None or world.actor(name).may_somewhere(scope)

    @settings(
        max_examples=EXAMPLES if may else WITHOUT_SCOPE,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(modes), more=st.data())
    def sends(case: Case, more: st.DataObject) -> None:
        for part in (case.path_parameters, case.query, case.body):
            _mixed(part, known, more.draw)
        answer = case.call(headers={"Authorization": f"Bearer {token.secret}"})
        case.validate_response(answer, checks=CHECKS)
        assert answer.status_code not in (401, 429)
        assert "set-cookie" not in answer.headers
        if answer.status_code != 200:
            assert set(answer.json()) <= {"code", "message", "field"}

    sends()


def _program(world: World, name: str = "an", place: str = "willow") -> dict[str, str]:
    """The headers of a program with a token, whose reader speaks English."""
    secret = factories.token(world.actor(name), world.places[place]).secret
    return {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}


def test_a_fault_of_ours_is_told_in_the_one_shape_and_the_walk_above_would_notice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ValueError("19900001234")

    headers, path = _program(world), "/api/v1/registrations/"
    case = OPERATIONS["registration_registrations"].Case(method="GET")
    case.call_and_validate(headers=headers, checks=CHECKS)
    monkeypatch.setattr("baodao.registration.api.in_scope", broken)
    answer = Client().get(path, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (500, "server.fault")
    assert "19900001234" not in answer.content.decode()
    with pytest.raises(FailureGroup):
        case.call_and_validate(headers=headers, checks=CHECKS)


def test_every_scope_opens_something_and_everything_asks_for_a_scope() -> None:
    asked = {name: one.definition.raw.get("x-scope") for name, one in OPERATIONS.items()}
    assert {scope for scope in asked.values() if scope} == set(SCOPES)
    free = {name for name, scope in asked.items() if not scope}
    about = {"orgs_organisations", "orgs_organisation", "statements_categories"}
    assert free == {"accounts_me", *about}


def test_every_write_asks_for_a_key_and_no_read_does() -> None:
    with_key = {
        name
        for name, one in OPERATIONS.items()
        if any(told["name"] == "Idempotency-Key" for told in one.definition.raw["parameters"])
    }
    assert with_key == {name for name, one in OPERATIONS.items() if one.method == "post"}
    assert {one.method for one in OPERATIONS.values()} == {"get", "post"}


def test_no_two_slices_name_a_schema_alike() -> None:
    held: dict[str, str] = {}
    wrong = []
    for module in _modules():
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, Schema):
                home = held.setdefault(one.__name__, one.__module__)
                wrong += [] if home == one.__module__ else [one.__name__]
    assert len(held) > 40
    assert wrong == []


def _modules() -> Iterator[ModuleType]:
    """The `api` of every slice, with its parts where it is a package."""
    for name in ROUTERS:
        module = import_module(f"baodao.{name}.api")
        parts = iter_modules(getattr(module, "__path__", []), f"{module.__name__}.")
        yield from [module, *(import_module(part.name) for part in parts)]


def test_no_schema_has_a_place_for_what_may_not_leave() -> None:
    schemas = _described()["components"]["schemas"]
    fields = {one for told in schemas.values() for one in told.get("properties", {})}
    assert {
        one for one in fields if re.search(r"phone|identity|id_number|address|born", one)
    } == set()
    assert set(schemas["PersonBrief"]["properties"]) == {"number", "name"}


def _words() -> set[str]:
    """Everything the reference says of ours, as message ids."""
    with translation.override("en"):
        told = reference(api.get_openapi_schema())
    operations = [one for group in told.groups for one in group.operations]
    shown = [one for operation in operations for one in operation.parameters]
    shown += [one for shape in told.shapes for one in shape.fields]
    words = {group.name for group in told.groups} | {one.summary for one in operations}
    words |= {one.meaning for one in [*operations, *told.shapes, *shown]}
    return words - {""}


def test_every_word_of_the_reference_has_its_chinese() -> None:
    assert len(_words()) > 50
    assert {("", words) for words in _words()} - chinese_messages() == set()
    silent = [name for name, one in OPERATIONS.items() if not one.definition.raw.get("description")]
    assert silent == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "接收党员"), ("en", "Receive members")]
)
def test_the_reference_is_open_to_all_and_loads_nothing_from_elsewhere(
    client: Client, language: str, words: str
) -> None:
    client.cookies["language"] = language
    page = client.get("/api/v1/")
    text = page.content.decode()
    assert words in text
    assert [one.path for one in OPERATIONS.values() if one.path not in text] == []
    assert "curl -X POST http://localhost:8000/api/v1/letters/" in text
    assert "Idempotency-Key: $(uuidgen)" in text
    assert all(words in unescape(text) for words in ('"places": 1,', '"approve": true'))
    assert re.findall(r'(?:src|href)="(?:https?:)?//', text) == []
    assert "<script>" not in text
    assert "style=" not in text
    assert "default-src 'none'" in page["Content-Security-Policy"]
    for anchor in re.findall(r'href="#([^"]+)"', text):
        assert f'id="{anchor}"' in text


def test_the_description_is_there_for_programs(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == {one.path for one in OPERATIONS.values()}


@pytest.mark.parametrize(
    "path",
    ["nothing/", "registrations", "registrations/not-a-uuid/", "me", "offers/a%0Ab/", "%0A"],
)
def test_an_address_that_is_not_there_is_told_as_json(world: World, path: str) -> None:
    for answer in (Client().get(f"/api/v1/{path}"), Client().post(f"/api/v1/{path}")):
        assert (answer.status_code, answer.json()["code"]) == (404, "absent")


def test_another_verb_is_told_which_one_is_meant(world: World) -> None:
    answer = Client().delete("/api/v1/me/", headers=_program(world))
    assert (answer.status_code, answer.json()["code"]) == (405, "method.not-allowed")
    assert answer["Allow"] == "GET"


def test_a_signed_in_person_who_must_change_the_password_is_not_led_there_by_the_api(
    world: World,
) -> None:
    an = world.accounts["an"]
    an.must_change_password = True
    an.save()
    client = Client()
    client.force_login(an)
    assert client.get("/today/")["Location"] == "/password/"
    assert client.get("/api/v1/me/").status_code == 401
    assert client.get("/api/v1/").status_code == 200


def test_no_form_token_is_asked_where_a_token_is_brought(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(
        "/api/v1/registrations/accept/", {}, "application/json", headers=_program(world)
    )
    assert answer.status_code == 422
    assert strict.post("/account/tokens/new/").status_code == 403


@pytest.mark.parametrize("wrong", ["\0", "a\nb", "x" * 201, "", 7, None, ["x"]])
def test_words_that_cannot_be_kept_are_refused_beside_their_field(
    world: World, wrong: object
) -> None:
    row = steps.submitted(world)
    headers = _program(world) | {"Idempotency-Key": str(uuid4())}
    answer = Client().post(
        f"/api/v1/registrations/{row.pk}/return/", {"reason": wrong}, "application/json",
        headers=headers,
    )  # fmt: skip
    assert (answer.status_code, answer.json()["field"]) == (422, "reason")
    assert steps.fresh(row).state == "submitted"


@pytest.mark.parametrize(
    "body", ["{", "[1", '"\\ud800"', b"\xff\xfe", b"\x00", "NaN", "1" * 5000, "[" * 100_000]
)
def test_a_body_that_is_no_json_of_ours_is_told_so(world: World, body: str | bytes) -> None:
    headers = _program(world) | {"Idempotency-Key": str(uuid4())}
    answer = Client().post(
        "/api/v1/registrations/accept/", body, "application/json", headers=headers
    )
    assert answer.status_code == 422


def test_every_answer_may_be_kept_by_nobody(world: World) -> None:
    answer = Client().get("/api/v1/me/", headers=_program(world))
    assert answer["Cache-Control"] == "no-store"
    assert "Authorization" in answer["Vary"]


def test_errors_speak_the_language_that_is_asked_for(world: World) -> None:
    said = {
        language: Client(headers={"accept-language": language}).get("/api/v1/me/").json()["message"]
        for language in ("zh-CN", "en", "fr")
    }
    assert said["zh-CN"] == said["fr"]
    assert said["zh-CN"].startswith("请在请求头中提供令牌")
    assert said["en"].startswith("Send a token")
