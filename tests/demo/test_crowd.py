"""The many around the told city: whole, true to the rules, and in the past."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Count, F, Max, Q
from pytest_django import DjangoDbBlocker

from baodao.accounts.queries import operator
from baodao.demo import places
from baodao.demo.crowd import Crowd, add_crowd
from baodao.demo.names import Inventor
from baodao.divisions.commands.imports import import_divisions
from baodao.divisions.queries.tables import read_file
from baodao.documents.commands import next_numbers
from baodao.kernel import clock, crypto
from baodao.kernel.models import JournalEntry
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership, Person
from baodao.people.rules.identity import identity_of
from baodao.registration.models import Letter, Registration, RegistrationStage
from baodao.registration.rules.papers import INTRODUCTION_LETTER, RECEIPT

MEMBERS = 1_500
pytestmark = pytest.mark.usefixtures("crowd")


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        import_divisions(operator(), places=read_file(places.table().encode()))
        add_crowd(Crowd(MEMBERS), Inventor(1, clock.today()), lambda line: None)
        yield
        transaction.set_rollback(True)


def test_everybody_has_a_branch_and_whoever_serves_a_home() -> None:
    assert Person.objects.count() == Membership.objects.count() == MEMBERS
    assert not Person.objects.filter(home_community=None).exists()
    branches = Organisation.objects.filter(kind=Kind.BRANCH)
    sizes = branches.annotate(members=Count("membership")).values_list("members", flat=True)
    assert set(sizes) == {25}
    for branch in branches.select_related("parent")[:5]:
        assert branch.parent is not None
        assert branch.path == f"{branch.parent.path}{branch.code}."


def test_numbers_can_be_read_again_and_are_valid() -> None:
    ring = crypto.ring()
    for person in Person.objects.all()[:20]:
        number = ring.unseal(bytes(person.id_sealed), "id-number")
        identity = identity_of(number)
        assert (identity.fault, identity.sex, identity.born_on) == ("", person.sex, person.born_on)
        assert ring.blind(number, "id-number") == bytes(person.id_blind)


def test_letters_and_receipts_are_numbered_without_gaps_and_go_on_from_there() -> None:
    for letters in Letter.objects.values("unit", "year").annotate(n=Count("id"), top=Max("number")):
        assert letters["n"] == letters["top"]
    received = Registration.objects.exclude(receipt_number=None)
    for row in received.values("community", "receipt_year").annotate(
        n=Count("id"), top=Max("receipt_number")
    ):
        assert row["n"] == row["top"]
    letter = Letter.objects.order_by("-number")[0]
    assert next_numbers(
        organisation_id=letter.unit_id, form=INTRODUCTION_LETTER.code, year=letter.year, count=1
    ) == range(letter.number + 1, letter.number + 2)
    last = received.order_by("-receipt_number")[0]
    assert last.receipt_year is not None
    assert last.receipt_number is not None
    assert next_numbers(
        organisation_id=last.community_id, form=RECEIPT.code, year=last.receipt_year, count=1
    ) == range(last.receipt_number + 1, last.receipt_number + 2)


def test_the_stage_that_is_open_is_the_state() -> None:
    now = RegistrationStage.objects.filter(until=None)
    assert now.count() == Registration.objects.count()
    assert not now.exclude(state=F("subject__state")).exists()
    assert not RegistrationStage.objects.filter(until__lt=F("since")).exists()


def test_some_wait_some_have_a_letter_only_and_some_nothing() -> None:
    states = dict(Registration.objects.values_list("state").annotate(Count("id")))
    assert states.keys() == {"accepted", "submitted", "issued"}
    served = Membership.objects.filter(standing="in-service").count()
    assert 0.8 < states["accepted"] / served < 0.95
    assert Registration.objects.count() < served


def test_it_is_told_in_the_journal_and_lies_in_the_past() -> None:
    rows = Registration.objects.filter(state="accepted")
    told = JournalEntry.objects.filter(verb="registration.accepted")
    assert told.count() == rows.count()
    assert not JournalEntry.objects.filter(at__gt=clock.now()).exists()
    early = Q(accepted_at__lt=F("submitted_at")) | Q(submitted_at__lt=F("letter__issued_at"))
    assert not rows.filter(early).exists()
