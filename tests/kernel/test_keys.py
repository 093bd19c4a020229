"""A new key: whatever is sealed anywhere is readable before, in between and after."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.apps import apps
from django.conf import settings
from django.db.models import BinaryField
from pytest_django import Settings

from baodao.kernel import crypto, keys, sealed
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Refused
from baodao.needs.models import Need
from baodao.notices.commands.complaints import ComplaintDraft, complain
from baodao.notices.models import Channel, Complaint
from baodao.people.models import Person
from baodao.rosters.models import RosterImport
from baodao.rosters.rules.roster import RosterState
from baodao.timesheets.models import RecordImport
from tests import factories
from tests.architecture.source import ORDER
from tests.needs.steps import need
from tests.world import World, draw

PHONE = "19900008888"


@pytest.fixture(autouse=True)
def _own_key(settings: Settings, tmp_path: Path) -> None:
    settings.KEY_FILE = tmp_path / "keys.json"


@pytest.fixture
def world(_own_key: None, db: None) -> World:
    """Drawn for each test, because its numbers are sealed with that test's key."""
    return draw()


@pytest.fixture
def everything(world: World) -> World:
    """Something in every store of sealed values."""
    need(world, **Need.phone.columns(PHONE))
    Channel.objects.create(
        organisation=world.willow,
        schema="json",
        label="网址",
        outline="example.org",
        added_by="安静",
        **Channel.address.columns("jsons://example.org/secret"),
    )
    draft = ComplaintDraft("排队太久", contact=PHONE)
    complain(NOBODY, organisation=world.willow, draft=draft)
    RosterImport.objects.create(
        unit=world.bureau,
        file_name="名册.xlsx",
        created_by="戴文",
        **RosterImport.content.columns(b"PK roster"),
    )
    RecordImport.objects.create(
        community=world.willow,
        file_name="服务.xlsx",
        created_by="安静",
        **RecordImport.content.columns(b"PK records"),
    )
    return world


def contents() -> list[object]:
    """Every sealed value in clear, as the application reads it."""
    return [
        *(value for row in Person.objects.order_by("pk") for value in (row.id_number, row.phone)),
        *(row.phone for row in Need.objects.order_by("pk")),
        *(row.contact for row in Complaint.objects.order_by("pk")),
        *(row.address for row in Channel.objects.order_by("pk")),
        *(row.content for row in RosterImport.objects.order_by("pk")),
        *(row.content for row in RecordImport.objects.order_by("pk")),
        *(decrypt(row.data["secret"]) for row in Authenticator.objects.order_by("pk")),
    ]


def test_every_column_that_is_sealed_is_known(world: World) -> None:
    kept = {
        (model, field.name)
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField) and field.name.endswith("_sealed")
    }
    assert kept == {(column.model, column.column) for column in sealed._columns}


def test_everything_is_sealed_anew_and_old_keys_are_forgotten(everything: World) -> None:
    Person.objects.filter(pk=everything.people["hao"].pk).update(**Person.phone.columns(""))
    before = contents()
    assert PHONE in before
    keys.new_key()
    assert contents() == before
    assert keys.reseal(lambda _done: None) == {
        "people.person": 2,
        "rosters.rosterimport": 1,
        "notices.channel": 1,
        "timesheets.recordimport": 1,
        "needs.need": 1,
        "notices.complaint": 1,
        "accounts.second-step": 3,
    }
    assert keys.reseal(lambda _done: None) == {}
    keys.forget_old_keys()
    assert list(crypto.ring().keys) == [crypto.ring().current] == [2]
    assert keys.keys_in_use() == {2}
    assert contents() == before


def test_it_goes_on_where_it_was_cut_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed.SealedColumn, "batch", 2)
    for number in range(5):
        factories.member(f"某{number}", world.first)
    before = contents()

    def cut(_done: int) -> None:
        raise KeyboardInterrupt

    keys.new_key()
    with pytest.raises(KeyboardInterrupt):
        keys.reseal(cut)
    assert Person.id_number.by_key() == {1: 5, 2: 2}
    with pytest.raises(Refused, match="in-use"):
        keys.forget_old_keys()
    assert contents() == before
    keys.new_key()
    assert crypto.ring().current == 2
    keys.reseal(lambda _done: None)
    keys.forget_old_keys()
    assert Person.id_number.by_key() == {2: 7}
    assert contents() == before


def test_an_address_that_was_removed_needs_no_key(everything: World) -> None:
    Channel.objects.update(address_sealed=b"")
    keys.new_key()
    assert keys.reseal(lambda _done: None)["notices.channel"] == 0
    assert Channel.objects.get().address == ""


def test_it_waits_for_a_roster_that_is_being_applied(world: World) -> None:
    draft = ComplaintDraft("排队太久", contact=PHONE)
    complain(NOBODY, organisation=world.willow, draft=draft)
    RosterImport.objects.create(
        unit=world.bureau,
        file_name="名册.xlsx",
        state=RosterState.APPLYING,
        created_by="戴文",
    )
    with pytest.raises(Refused, match="roster-busy"):
        keys.new_key()


def test_a_server_that_runs_learns_of_a_new_key(world: World) -> None:
    before = crypto.ring()
    crypto.add_key(Path(settings.KEY_FILE))
    assert crypto.ring().current == before.current + 1


def test_a_number_is_found_by_itself_and_by_its_tail_in_its_own_purpose(world: World) -> None:
    chen = world.people["chen"]
    found = Person.objects.filter
    assert found(Person.phone.equals("19900001234")).get() == chen
    assert found(Person.phone.ends("1234")).get() == chen
    assert not found(Person.id_number.ends("1234")).exists()
    assert Person.phone.has_tail(chen, "1234")
    assert not Person.phone.has_tail(chen, "1235")
    chen.phone = "8765432"
    assert (chen.phone, Person.phone.is_kept(chen, "8765432")) == ("8765432", True)
    chen.phone = ""
    assert (chen.phone, chen.phone_sealed, chen.phone_blind) == ("", None, None)
    assert not Person.phone.is_kept(chen, "")
