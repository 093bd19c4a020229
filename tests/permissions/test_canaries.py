"""Two scopes, every page: what is Deng's and An's leaves no trace with those it is not for."""

from collections.abc import Collection
from functools import cache

import pytest

from tests.permissions.addresses import addresses
from tests.permissions.scene import ASKERS, CANARIES, CAST, PRESENT, PROGRAMS, play

STRANGERS = (
    *("none", "gu", "bao", "sun", "shen", "su"),
    *("zhou", "tao", "wen", "yan", "xu", "gao"),
)
"""Visitors, nobody, the worker next door, administrators, who do not read people, and who worked in
the canary's unit or community once, in a community or a unit that is no more, who is stopped, and
somebody else who was entered three times."""

FORMER = ("lu", "mei")
"""The unit and the community to which the canary belonged before."""

INSIDERS = ("an", "deng")


@cache
def _sightings() -> list[tuple[str, str, str]]:
    """Who of the cast sees which canary at which address; every page is opened once for all."""
    scene = play()
    seen = []
    every = [(name, address) for name in CAST for address in addresses() if not address.of_api]
    every += [(name, address) for name in PROGRAMS for address in addresses() if address.of_api]
    for name, address in every:
        client = scene.programs[name] if address.of_api else scene.client(name)
        answer = client.get(address.url(scene.values))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        birds = [bird for bird in (*CANARIES, *ASKERS, *PRESENT) if bird.encode() in body]
        seen += [(name, address.name, bird) for bird in birds]
    return seen


def _seen_by(names: Collection[str], canaries: Collection[str] = CANARIES) -> list[str]:
    return [
        f"{name} {address}"
        for name, address, bird in _sightings()
        if name in names and bird in canaries
    ]


@pytest.mark.django_db
def test_strangers_never_see_a_trace_of_somebody_else_s_member() -> None:
    assert _seen_by(STRANGERS) == []


@pytest.mark.django_db
def test_those_it_is_for_do_see_them_so_the_canary_can_sing() -> None:
    seen = _seen_by(INSIDERS)
    assert "an registration:members" in seen
    assert "deng registration:letters" in seen
    assert {f"{name} api:registration_registrations" for name in INSIDERS} <= set(seen)


@pytest.mark.django_db
def test_who_asked_for_help_is_seen_by_their_community_alone() -> None:
    assert _seen_by(CAST, ASKERS) == ["an needs:need", "ji needs:need"]


@pytest.mark.django_db
def test_those_of_before_know_what_was_and_never_what_is() -> None:
    assert _seen_by(FORMER, PRESENT) == []


@pytest.mark.django_db
def test_those_of_before_still_find_whom_they_had_to_do_with() -> None:
    seen = _seen_by(FORMER, CANARIES[:1])
    assert {"lu home:person", "mei home:person"} <= set(seen)
