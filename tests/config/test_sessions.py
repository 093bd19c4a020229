"""A session is read while it is kept and not over; a key of none of these is nobody's."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import F
from django.test import Client

from baodao.config.sessions import SessionStore
from tests.world import World


def test_a_session_ends_at_its_hour(world: World, client: Client) -> None:
    client.force_login(world.accounts["an"])
    assert client.get("/members/").status_code == 200
    Session.objects.update(expire_date=F("expire_date") - timedelta(hours=12, seconds=5))
    assert client.get("/members/")["Location"].startswith("/sign-in/")


def test_each_key_reads_its_own_session_and_an_unknown_one_none(db: None) -> None:
    keys = []
    for name in ("one", "two"):
        store = SessionStore()
        store["name"] = name
        store.save()
        keys.append(store.session_key)
    assert [SessionStore(key)["name"] for key in keys] == ["one", "two"]
    Session.objects.filter(session_key=keys[0]).delete()
    for key in (keys[0], "f" * 32):
        gone = SessionStore(key)
        assert (gone.get("name"), gone.session_key) == (None, None)
    assert SessionStore(keys[1])["name"] == "two"
