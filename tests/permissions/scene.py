"""One scene with an object for every address, and a browser for everybody in the cast."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client

from baodao.accounts.models import Account, Switch
from baodao.accounts.queries import operator
from baodao.insight.commands import issue_table
from baodao.insight.queries import present
from baodao.kernel import clock
from baodao.notices.models import Complaint
from baodao.people.models import RosterImport
from baodao.registration import commands
from baodao.registration.models import Registration
from tests import factories
from tests.world import World, draw

BACKEND = "django.contrib.auth.backends.ModelBackend"
CAST = ("none", "gu", "chen", "an", "bao", "deng", "dai", "fan", "sun", "shen", "su")
"""`none` is a visitor; the others are drawn in `tests/world.py`."""

CANARIES = ("金丝雀", "19900007777")
"""A member of Deng's unit received by An, and their telephone: who must not see them never does."""


@dataclass
class Scene:
    """The world, what the addresses point at, and who is signed in where."""

    world: World
    values: dict[str, Any]
    clients: dict[str, Client]

    def client(self, name: str) -> Client:
        """A browser of that person, signed in."""
        return self.clients[name]


def play() -> Scene:
    """Chen's letter waits at An's desk; the canary is registered there; each list has a row."""
    world = draw()
    deng, an = world.actor("deng"), world.actor("an")
    canary = factories.member(
        "金丝雀", world.first, pinyin="jin si que", initials="jsq", phone="19900007777",
        home_community=world.willow,
    )  # fmt: skip
    world.people["canary"] = canary
    chen = world.people["chen"]
    commands.issue_letters(deng, person_ids=[chen.pk, canary.pk], community_id=world.willow.pk)
    waiting = Registration.objects.get(person=chen)
    accepted = Registration.objects.get(person=canary)
    commands.present_group(deng, registration_ids=[waiting.pk, accepted.pk])
    commands.accept(an, registration_ids=[accepted.pk])
    clients = {name: _client(world.accounts.get(name)) for name in CAST}
    return Scene(world, _values(world, waiting), clients)


def _client(account: Account | None) -> Client:
    client = Client(raise_request_exception=False)
    if account is not None:
        client.force_login(account, backend=BACKEND)
    return client


def _values(world: World, waiting: Registration) -> dict[str, Any]:
    """An argument of every name that addresses use, all of them in the east of the city."""
    deng = world.actor("deng")
    contact = commands.UnitContact("邓敏", "戴文", "0990-5550100", "会议室")
    unit = commands.present_unit(
        deng, unit_id=world.bureau.pk, community_id=world.willow.pk, contact=contact
    )
    delayed = factories.member("缓报到", world.second)
    request = commands.ExemptionRequest(
        person_id=delayed.pk,
        reason="seconded-away",
        evidence="借调函",
        effect="delay",
        from_on=clock.today(),
        to_on=clock.today() + timedelta(days=90),
    )
    exemption = commands.request_exemption(world.actor("dai"), request=request)
    gu = world.accounts["gu"]
    switch = Switch.objects.create(
        key="points", organisation=world.city, basis="测试", approver="测试",
        ends_on=date(2099, 1, 1), proposed_by=world.accounts["sun"],
    )  # fmt: skip
    complaint = Complaint.objects.create(
        code="TEST-CODE", organisation=world.willow, text="路灯坏了", due_on=clock.today()
    )
    roster = RosterImport.objects.create(
        unit=world.bureau, file_name="名册.xlsx", created_by="戴文"
    )
    table = issue_table(operator(), code=world.bureau.code, as_of=present())
    return {
        "account_id": gu.pk,
        "as_of": clock.today().isoformat(),
        "code": world.bureau.code,
        "complaint_id": complaint.pk,
        "ending": "pdf",
        "exemption_id": exemption.pk,
        "field": "phone",
        "grant_id": world.accounts["an"].grants.get().pk,
        "import_id": roster.pk,
        "kind": "grid",
        "metric": "registered",
        "organisation_id": world.bureau.pk,
        "paper": "letter",
        "person_id": world.people["canary"].pk,
        "place_id": world.grid.pk,
        "registration_id": waiting.pk,
        "rest": "no-such-address/",
        "switch_id": switch.pk,
        "table_id": table.pk,
        "token": waiting.letter.token,
        "token_id": factories.token(deng, world.bureau).token.pk,
        "unit_registration_id": unit.pk,
    }
