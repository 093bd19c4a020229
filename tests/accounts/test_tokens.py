"""Tokens of programs: never more than their account, gone with what it loses, never in clear."""

import hashlib
import logging
import uuid
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models.deletion import ProtectedError
from django.http import HttpResponse
from django.test import Client

from baodao.accounts.commands.accounts import reset_password, set_active
from baodao.accounts.commands.grants import confirm_grant, grant, revoke
from baodao.accounts.commands.tokens import NewToken, TokenRequest, create_token, revoke_token
from baodao.accounts.models import Account, ApiToken, Grant
from baodao.accounts.queries import actor_by
from baodao.accounts.rules import MOST_TOKENS
from baodao.kernel import clock
from baodao.kernel.authz import Permission, Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import ClientRequest, JournalEntry
from tests import factories
from tests.concurrency import at_once
from tests.world import World

READ, ACCEPT = Permission.REGISTRATION_READ, Permission.REGISTRATION_ACCEPT
ISSUE = Permission.LETTER_ISSUE


def asked(secret: str, path: str = "/api/v1/me/", client: Client | None = None) -> HttpResponse:
    return (client or Client()).get(path, headers={"authorization": f"Bearer {secret}"})


def as_(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def refused(world: World, name: str, place: str, *scopes: Permission, days: int = 30) -> str:
    """The code of the refusal."""
    with pytest.raises(Refused) as no:
        factories.token(
            world.actor(name), world.places[place], *scopes,
            ends_on=clock.today() + timedelta(days=days),
        )  # fmt: skip
    return no.value.code


def test_a_token_says_who_it_is_and_what_it_may_do(world: World) -> None:
    made = factories.token(world.actor("an"), world.willow, READ, ACCEPT)
    told = asked(made.secret).json()
    assert (told["account"], told["name"], told["prefix"]) == ("an", "安静", made.token.prefix)
    held = {one["scope"]: one["organisations"] for one in told["scopes"]}
    assert held == {READ.value: [world.willow.code], ACCEPT.value: [world.willow.code]}


def test_only_the_digest_of_the_secret_is_kept(world: World) -> None:
    made = factories.token(world.actor("an"), world.willow)
    assert len(made.secret.split("_", 2)[2]) == 43
    row = ApiToken.objects.get()
    assert bytes(row.digest) == hashlib.sha256(made.secret.encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_apitoken::text FROM accounts_apitoken")
        assert made.secret.split("_", 2)[2] not in cursor.fetchall()[0][0]
    facts = [str(entry.facts) for entry in JournalEntry.objects.all()]
    assert not any(made.secret in one for one in facts)


@pytest.mark.parametrize(
    ("name", "place", "scope", "code"),
    [
        ("an", "willow", ISSUE, "token.not-held"),
        ("fan", "east", ACCEPT, "token.not-held"),
        ("an", "willow", Permission.PERSON_UNMASK, "token.scopes"),
    ],
)
def test_nobody_gives_a_token_what_they_do_not_hold_or_what_no_token_has(
    world: World, name: str, place: str, scope: Permission, code: str
) -> None:
    factories.token(world.actor(name), world.places[place], READ)
    assert refused(world, name, place, READ, scope) == code


def test_a_token_is_for_an_organisation_of_ones_own_or_below(world: World) -> None:
    fan = world.actor("fan")
    assert factories.token(fan, world.willow, READ).token.organisation == world.willow
    with pytest.raises(Absent):
        factories.token(fan, world.west, READ)
    with pytest.raises(Absent):
        factories.token(fan, world.city, READ)


def test_a_token_ends_within_a_year(world: World) -> None:
    factories.token(world.actor("an"), world.willow, READ, ends_on=clock.today())
    factories.token(
        world.actor("an"), world.willow, READ, ends_on=clock.today() + timedelta(days=366)
    )
    assert refused(world, "an", "willow", READ, days=-1) == "token.period"
    assert refused(world, "an", "willow", READ, days=367) == "token.period"


def test_the_three_administrators_have_no_tokens(world: World) -> None:
    for name in ("sun", "shen", "su"):
        assert as_(world, name).get("/account/tokens/").status_code == 404
        assert as_(world, name).get("/account/tokens/new/").status_code == 404
    with pytest.raises(Refused, match=r"token\.administrator"):
        factories.token(world.actor("sun"), world.city, READ)
    assert as_(world, "an").get("/account/tokens/new/").status_code == 200


def test_an_account_that_becomes_an_administrator_s_loses_its_tokens(world: World) -> None:
    made = factories.token(world.actor("an"), world.willow, READ)
    held = Grant.objects.get(account=world.accounts["an"])
    assert asked(made.secret).status_code == 200
    Account.objects.filter(pk=held.account_id).update(made_by=world.accounts["shen"])
    revoke(world.actor("shen"), grant_id=held.pk, reason="调岗")
    row = grant(
        world.actor("shen"), account_id=world.accounts["an"].pk, role=Role.SYSTEM_ADMINISTRATOR,
        organisation_id=world.city.pk, basis="任命", until_on=None,
    )  # fmt: skip
    confirm_grant(world.actor("sun"), grant_id=row.pk)
    assert asked(made.secret).json()["code"] == "token.over"


def test_nobody_makes_a_token_by_a_token(world: World) -> None:
    made = factories.token(world.actor("deng"), world.bureau)
    program = actor_by(made.token)
    assert program is not None
    with pytest.raises(Absent):
        factories.token(program, world.bureau, READ)
    with pytest.raises(Absent):
        revoke_token(program, token_id=made.token.pk)


def test_there_are_at_most_twenty_even_at_once(committed_world: World) -> None:
    an, willow = committed_world.actor("an"), committed_world.willow
    for _ in range(MOST_TOKENS - 1):
        factories.token(an, willow, READ)
    answers = at_once(*[lambda: factories.token(an, willow, READ)] * 4)
    assert sum(isinstance(one, NewToken) for one in answers) == 1
    assert {one.code for one in answers if isinstance(one, Refused)} == {"token.too-many"}
    revoke_token(an, token_id=ApiToken.objects.first().pk)  # type: ignore[union-attr]
    factories.token(an, willow, READ)


def test_a_withdrawn_grant_is_gone_at_the_next_request(world: World) -> None:
    made = factories.token(world.actor("an"), world.willow, READ)
    assert asked(made.secret, "/api/v1/registrations/").status_code == 200
    held = Grant.objects.get(account=world.accounts["an"])
    revoke(world.actor("shen"), grant_id=held.pk, reason="调岗")
    assert asked(made.secret).json()["scopes"] == []
    assert asked(made.secret, "/api/v1/registrations/").json()["code"] == "scope.missing"


def test_a_grant_past_its_end_date_is_gone_too(world: World) -> None:
    made = factories.token(world.actor("an"), world.willow, READ)
    Grant.objects.filter(account=world.accounts["an"]).update(
        until_on=clock.today() - timedelta(days=1)
    )
    assert asked(made.secret).json()["scopes"] == []


def test_a_new_grant_does_not_widen_a_token(world: World) -> None:
    made = factories.token(world.actor("an"), world.willow, READ)
    grant(
        world.actor("shen"), account_id=world.accounts["an"].pk, role=Role.COMMUNITY_SECRETARY,
        organisation_id=world.bridge.pk, basis="任命", until_on=None,
    )  # fmt: skip
    program = actor_by(made.token)
    assert program is not None
    assert program.may(READ, world.willow.path)
    assert not program.may(READ, world.bridge.path)
    assert not program.may(ACCEPT, world.willow.path)


def test_a_token_revoked_or_past_its_day_is_refused(world: World) -> None:
    an = world.actor("an")
    first, second = (factories.token(an, world.willow, READ) for _ in range(2))
    assert asked(first.secret).status_code == asked(second.secret).status_code == 200
    revoke_token(an, token_id=first.token.pk)
    assert asked(first.secret).json()["code"] == "token.over"
    with clock.at(clock.now() + timedelta(days=90)):
        assert asked(second.secret).status_code == 200
    with clock.at(clock.now() + timedelta(days=91)):
        assert asked(second.secret).status_code == 401


def test_the_tokens_of_an_account_that_was_stopped_or_given_a_new_password_rest(
    world: World,
) -> None:
    made = factories.token(world.actor("an"), world.willow, READ)
    shen, an = world.actor("shen"), world.accounts["an"]
    set_active(shen, account_id=an.pk, active=False, reason="离职")
    assert asked(made.secret).status_code == 401
    set_active(shen, account_id=an.pk, active=True, reason="返岗")
    assert asked(made.secret).status_code == 200
    reset_password(shen, account_id=an.pk)
    assert asked(made.secret).status_code == 401


def test_a_session_does_not_open_the_api(world: World) -> None:
    client = as_(world, "an")
    assert client.get("/today/").status_code == 200
    answer = client.get("/api/v1/me/")
    assert (answer.status_code, answer.json()["code"]) == (401, "token.missing")
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", "Basic YTpi", "bd_12345678_x"])
def test_what_is_no_token_is_told_so(world: World, sent: str) -> None:
    answer = Client().get("/api/v1/me/", headers={"authorization": sent})
    assert (answer.status_code, answer.json()["code"]) == (401, "token.missing")


def test_a_token_in_the_address_is_not_looked_at(world: World) -> None:
    made = factories.token(world.actor("an"), world.willow, READ)
    assert Client().get(f"/api/v1/me/?token={made.secret}").status_code == 401


def test_an_address_rests_after_twenty_wrong_tokens_and_another_does_not(world: World) -> None:
    made = factories.token(world.actor("an"), world.willow, READ)
    codes = [asked("bd_aaaaaaaa_wrong").status_code for _ in range(21)]
    assert codes == [401] * 20 + [429]
    assert asked(made.secret).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert asked(made.secret, client=elsewhere).status_code == 200
    cache.clear()
    assert asked(made.secret).status_code == 200


def test_the_day_of_the_last_use_is_kept_and_not_the_hour(world: World) -> None:
    made = factories.token(world.actor("an"), world.willow, READ)
    asked(made.secret)
    assert ApiToken.objects.get().last_used_on == clock.today()
    with clock.at(clock.now() + timedelta(days=2)):
        asked(made.secret)
    assert ApiToken.objects.get().last_used_on == clock.today() + timedelta(days=2)
    kinds = {field.name: field.get_internal_type() for field in ApiToken._meta.fields}
    assert kinds["last_used_on"] == "DateField"


def test_no_secret_stands_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    made = factories.token(world.actor("an"), world.willow, READ)
    with caplog.at_level(logging.DEBUG):
        asked(made.secret)
        asked(made.secret, "/api/v1/registrations/?after=wrong")
        asked(made.secret + "x")
    assert "/api/v1/me/" in caplog.text
    assert made.secret.split("_", 2)[2] not in caplog.text


def _typed(world: World, **changes: object) -> dict[str, object]:
    return {
        "client_id": str(uuid.uuid4()),
        "name": "人事系统",
        "purpose": "每晚取回执",
        "scopes": [READ.value],
        "organisation": world.bureau.code,
        "ends_on": str(clock.today() + timedelta(days=30)),
        **changes,
    }


def test_the_page_shows_the_secret_once(world: World) -> None:
    client, typed = as_(world, "deng"), _typed(world)
    page = client.post("/account/tokens/new/", typed)
    token = ApiToken.objects.get()
    shown = page.content.decode()
    secret = shown.partition(f'value="{token.prefix}_')[2].partition('"')[0]
    assert asked(f"{token.prefix}_{secret}").status_code == 200
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    again = client.post("/account/tokens/new/", typed, follow=True).content.decode()
    assert ApiToken.objects.count() == 1
    assert "不再显示" in again
    assert token.prefix in again
    assert secret not in again
    assert secret not in str(list(ClientRequest.objects.values_list("answer", flat=True)))


@pytest.mark.parametrize(
    "changes",
    [
        {"scopes": []},
        {"scopes": ["person:unmask"]},
        {"scopes": ["registration:accept"]},
        {"organisation": "990102001001"},
        {"ends_on": "2099-01-01"},
        {"purpose": ""},
    ],
)
def test_a_form_that_asks_too_much_is_shown_again(world: World, changes: dict[str, object]) -> None:
    page = as_(world, "deng").post("/account/tokens/new/", _typed(world, **changes))
    assert page.status_code == 422
    assert "人事系统" in page.content.decode()
    assert not ApiToken.objects.exists()


def test_each_sees_and_revokes_their_own(world: World) -> None:
    made = factories.token(world.actor("deng"), world.bureau, READ)
    path = f"/account/tokens/{made.token.pk}/revoke/"
    assert as_(world, "dai").get(path).status_code == 404
    assert as_(world, "dai").post(path).status_code == 404
    assert made.token.prefix not in as_(world, "dai").get("/account/tokens/").content.decode()
    deng = as_(world, "deng")
    assert made.token.prefix in deng.get("/account/tokens/").content.decode()
    assert made.token.prefix in deng.get(path).content.decode()
    assert asked(made.secret).status_code == 200
    assert deng.post(path)["Location"] == "/account/tokens/"
    assert asked(made.secret).status_code == 401
    told = JournalEntry.objects.filter(about=made.token.pk).order_by("at")
    assert [entry.verb for entry in told] == ["token.made", "token.revoked"]


def test_the_audit_administrator_reads_the_tokens_of_an_account_and_the_security_one_revokes(
    world: World,
) -> None:
    made = factories.token(world.actor("deng"), world.bureau, READ)
    page, path = (
        f"/accounts/{world.accounts['deng'].pk}/",
        f"/account/tokens/{made.token.pk}/revoke/",
    )
    assert made.token.prefix in as_(world, "su").get(page).content.decode()
    assert path not in as_(world, "su").get(page).content.decode()
    assert as_(world, "su").post(path).status_code == 404
    assert path in as_(world, "shen").get(page).content.decode()
    assert as_(world, "shen").post(path)["Location"] == page
    assert asked(made.secret).status_code == 401


def test_who_holds_nothing_is_shown_no_tokens(world: World) -> None:
    for name in ("gu", "chen"):
        assert "/account/tokens/" not in as_(world, name).get("/account/").content.decode()
        assert as_(world, name).get("/account/tokens/").status_code == 404
    assert "/account/tokens/" in as_(world, "an").get("/account/").content.decode()


def test_a_token_keeps_its_account_and_organisation(world: World) -> None:
    made = factories.token(world.actor("deng"), world.bureau, READ)
    with pytest.raises(ProtectedError):
        made.token.account.delete()


def test_a_token_without_a_scope_cannot_be_stored(world: World) -> None:
    request = TokenRequest("x", "y", [], world.bureau.pk, date(2099, 1, 1))
    with pytest.raises(Refused):
        create_token(world.actor("deng"), request=request)
