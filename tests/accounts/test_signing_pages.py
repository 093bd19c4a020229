"""Signing in and out: passwords, lock-out, one-time passwords, second step, time-outs."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from baodao.accounts.commands.accounts import create_account, reset_password, set_active
from baodao.kernel import clock
from tests.factories import TOTP_SECRET
from tests.world import World

PASSWORD = "correct horse"
OWN = "a long password of my own"


def sign_in(client: Client, login: str, password: str = PASSWORD) -> HttpResponse:
    return client.post("/sign-in/", {"login": login, "password": password})


def code(secret: str = TOTP_SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_visitor_is_led_to_the_sign_in_page(world: World, client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
    page = client.get(response["Location"]).content.decode()
    assert 'lang="zh-hans"' in page
    assert "登录" in page


def test_a_password_signs_in_and_a_wrong_one_does_not(world: World, client: Client) -> None:
    wrong = sign_in(client, "an", "wrong")
    assert "登录名或密码不正确" in wrong.content.decode()
    assert sign_in(client, "AN ")["Location"] == "/"
    assert client.get("/account/").status_code == 200


def test_the_session_key_changes_at_sign_in(world: World, client: Client) -> None:
    client.get("/sign-in/")
    session = client.session
    session["kept"] = "yes"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, "an")
    assert client.session.session_key != before


def test_an_account_rests_after_five_wrong_passwords(world: World, client: Client) -> None:
    for _ in range(4):
        assert sign_in(client, "an", "wrong").status_code == 200
    assert sign_in(client, "an", "wrong").status_code == 429
    assert sign_in(client, "an").status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "an").status_code == 429


def test_one_mistake_in_an_office_locks_nobody_else_out(world: World, client: Client) -> None:
    for _ in range(5):
        sign_in(client, "an", "wrong")
    assert sign_in(client, "dai")["Location"] == "/"


def test_an_address_rests_after_many_wrong_names(world: World, client: Client) -> None:
    for number in range(20):
        sign_in(client, f"nobody{number}", "wrong")
    assert sign_in(client, "dai").status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "dai").status_code == 302


def test_a_one_time_password_leads_nowhere_but_to_a_new_one(world: World, client: Client) -> None:
    made = create_account(
        world.actor("shen"), username="new.clerk", name="新来", organisation_id=world.bureau.pk
    )
    assert sign_in(client, "new.clerk", made.password).status_code == 302
    for page in ("/", "/account/", "/notices/?topic=letters"):
        assert client.get(page)["Location"] == "/password/"
    answer = client.post(
        "/password/", {"oldpassword": made.password, "password1": OWN, "password2": OWN}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/notices/?topic=letters")
    assert client.get("/account/").status_code == 200
    mine = {"oldpassword": OWN, "password1": f"{OWN} 2", "password2": f"{OWN} 2"}
    assert client.post("/password/", mine)["Location"] == "/password/", "nowhere else by oneself"


@pytest.mark.parametrize(
    "password",
    ["chenchenchen", "nehcnehcnehc", "Chen-chen-Chen", "陈晓宇陈晓宇陈晓宇陈晓宇", "chenchen2026!"],
)
def test_a_password_does_not_repeat_the_login(world: World, client: Client, password: str) -> None:
    sign_in(client, "chen")
    page = client.post(
        "/password/", {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )
    assert "密码不能重复姓名或登录名" in page.content.decode()
    fine = {"oldpassword": PASSWORD, "password1": f"{OWN} chen", "password2": f"{OWN} chen"}
    assert client.post("/password/", fine).status_code == 302


def test_a_one_time_password_ends(world: World, client: Client) -> None:
    made = create_account(
        world.actor("shen"), username="late", name="迟到", organisation_id=world.bureau.pk
    )
    with clock.at(clock.now() + timedelta(days=15)):
        page = sign_in(client, "late", made.password)
    assert page.status_code == 200
    assert "一次性密码已过期" in page.content.decode()
    assert sign_in(client, "late", made.password).status_code == 302


def test_an_administrator_needs_a_code_beside_the_password(world: World, client: Client) -> None:
    assert sign_in(client, "sun")["Location"] == "/sign-in/code/"
    assert client.get("/administration/").status_code == 302
    wrong = client.post("/sign-in/code/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.post("/sign-in/code/", {"code": code()}).status_code == 302
    assert client.get("/administration/").status_code == 200


def test_a_code_works_once(world: World) -> None:
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, "sun")
    used = code()
    assert first.post("/sign-in/code/", {"code": used}).status_code == 302
    assert second.post("/sign-in/code/", {"code": used}).status_code == 200


def test_an_administrator_without_a_second_step_sets_it_up_first(world: World) -> None:
    Authenticator.objects.all().delete()
    client = Client()
    sign_in(client, "sun")
    for page in ("/", "/administration/", "/switches/", "/journal/"):
        assert client.get(page)["Location"] == "/second-step/on/"
    again = client.get("/second-step/on/")["Location"]
    assert client.get(again).status_code == 200
    assert client.post(again, {"password": PASSWORD})["Location"] == "/second-step/on/"
    page = client.get("/second-step/on/")
    secret = page.context["form"].secret
    spare = client.post("/second-step/on/", {"code": code(secret)}, follow=True)
    assert 'btn-primary" href="/journal/"' in spare.content.decode(), "where they were going"
    assert client.get("/administration/").status_code == 200
    assert secret not in str(Authenticator.objects.values_list("data"))


@pytest.mark.parametrize(
    ("pause", "status"), [(timedelta(minutes=29), 200), (timedelta(minutes=31), 302)]
)
def test_a_session_ends_after_a_pause(
    world: World, client: Client, pause: timedelta, status: int
) -> None:
    sign_in(client, "an")
    client.get("/account/")
    with clock.at(clock.now() + pause):
        assert client.get("/account/").status_code == status


def test_a_session_ends_after_half_a_day_however_busy(world: World, client: Client) -> None:
    sign_in(client, "an")
    start = clock.now()
    client.get("/account/")
    for step in range(1, 36):
        with clock.at(start + timedelta(minutes=20 * step)):
            assert client.get("/account/").status_code == 200
    with clock.at(start + timedelta(hours=12, minutes=5)):
        ended = client.get("/account/", follow=True).content.decode()
    assert "已自动退出" in ended


def test_signing_out_takes_a_post(world: World, client: Client) -> None:
    sign_in(client, "an")
    assert client.get("/sign-out/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/account/").status_code == 302


def test_a_new_one_time_password_signs_out_everywhere(world: World, client: Client) -> None:
    sign_in(client, "dai")
    reset_password(world.actor("shen"), account_id=world.accounts["dai"].pk)
    assert client.get("/account/").status_code == 302
    assert sign_in(client, "dai").status_code == 200


def test_a_stopped_account_is_out_at_the_next_request(world: World, client: Client) -> None:
    sign_in(client, "dai")
    assert client.get("/account/").status_code == 200
    shen = world.actor("shen")
    set_active(shen, account_id=world.accounts["dai"].pk, active=False, reason="离职")
    assert client.get("/account/").status_code == 302
    set_active(shen, account_id=world.accounts["dai"].pk, active=True, reason="回来")
    assert sign_in(client, "dai").status_code == 302


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/signup/", "/password/reset/", "/accounts/email/", "/email/"]
)
def test_pages_of_allauth_that_are_not_ours_are_not_there(
    world: World, client: Client, path: str
) -> None:
    sign_in(client, "an")
    assert client.get(path).status_code == 404


def test_passwords_and_codes_are_in_no_table_in_clear(world: World, client: Client) -> None:
    sign_in(client, "an", "a very wrong password")
    with connection.cursor() as cursor:
        cursor.execute("SELECT post_data FROM axes_accessattempt")
        kept = str(cursor.fetchall())
    assert "a very wrong password" not in kept
