"""Programs with a token, for the tests of every slice's API."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client

from baodao.kernel.authz import Permission
from tests import factories
from tests.world import World

BASE = "/api/v1"


@dataclass
class Program:
    """A program with a token."""

    secret: str

    def get(self, path: str, **asked: Any) -> HttpResponse:
        return Client().get(f"{BASE}{path}", asked, headers=self._headers())

    def post(self, path: str, body: Any, key: UUID | str | None = None) -> HttpResponse:
        headers = self._headers() | {"Idempotency-Key": str(key or uuid4())}
        return Client().post(f"{BASE}{path}", body, "application/json", headers=headers)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", "Accept-Language": "en"}


def program(world: World, name: str, place: str, *scopes: Permission) -> Program:
    return Program(factories.token(world.actor(name), world.places[place], *scopes).secret)


def code_of(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def ids(answer: HttpResponse) -> list[str]:
    return [row["id"] for row in answer.json()["items"]]
