"""Every address, every role, both verbs: the answers stand in `matrix.txt`.

The sheet is generated from the urlconf and read by people: `python -m pytest tests/permissions
--rewrite-matrix` writes it anew, the difference is then looked at line by line. An address that has
no row, or a row that has no address, fails. POSTs are empty: what a role may not do is a 404 (or
the way to sign in), what it may do is answered with the reason why an empty form cannot be done.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from tests.permissions.addresses import Address, addresses
from tests.permissions.scene import CAST, Scene, play

SHEET = Path(__file__).parent / "matrix.txt"
WIDTH = 46


class _Undo(Exception):
    """Rolls back what one request did; the browser forgets it too."""


def _answer(client: Client, verb: str, url: str) -> str:
    answer, cookies = "?", client.cookies.copy()
    try:
        with transaction.atomic():
            response = client.get(url) if verb == "GET" else client.post(url)
            answer = str(response.status_code)
            if response.status_code == 302 and "/sign-in/" in response["Location"]:
                answer = "in"
            raise _Undo
    except _Undo:
        client.cookies = cookies
        return answer


def _line(address: Address, verb: str, answers: list[str]) -> str:
    return f"{address.name:<{WIDTH}} {verb:<4} " + " ".join(f"{answer:>4}" for answer in answers)


def _head() -> str:
    return f"{'address':<{WIDTH}} verb " + " ".join(f"{name:>4}" for name in CAST)


def _sheet(scene: Scene) -> list[str]:
    lines = [_head()]
    for address in addresses():
        url = address.url(scene.values)
        for verb in ("GET", "POST"):
            answers = [_answer(scene.client(name), verb, url) for name in CAST]
            lines.append(_line(address, verb, answers))
    return lines


@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_sheet_says(
    settings: Settings, request: pytest.FixtureRequest
) -> None:
    settings.AXES_ENABLED = False
    found = _sheet(play())
    if request.config.getoption("--rewrite-matrix"):
        SHEET.write_text("\n".join(found) + "\n")
    assert found == SHEET.read_text().splitlines()


def test_no_address_breaks_and_no_visitor_gets_in() -> None:
    rows = [line.split() for line in SHEET.read_text().splitlines()[1:]]
    assert [row for row in rows if any(answer.startswith("5") for answer in row[2:])] == []
    open_to_visitors = {row[0] for row in rows if row[2] in ("200", "302")}
    assert open_to_visitors <= OPEN


OPEN = {
    "account_inactive",
    "account_login",
    "account_logout",
    "accounts:preferences",
    "api:api-root",
    "api:openapi",
    "documents:verify",
    "needs:answer_asked",
    "needs:ask",
    "needs:asked",
    "needs:find_asked",
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
"""What a visitor may open: signing in, help, a word to us, papers that carry their own key, and how
the API is used, which tells nothing that the source does not."""
