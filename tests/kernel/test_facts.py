"""The second wall: what the application's own database role may not do."""

import uuid

import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from baodao.kernel import journal
from baodao.kernel.authz import NOBODY
from baodao.kernel.facts import Fact
from baodao.kernel.models import JournalEntry

FACTS = [model for model in apps.get_models() if issubclass(model, Fact)]


@pytest.fixture
def entry(db: None) -> JournalEntry:
    journal.write(NOBODY, "letter.issued", uuid.uuid4(), 1, number=1)
    return JournalEntry.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET id = id"])
def test_a_fact_is_neither_changed_nor_deleted(model: type[Fact], verb: str) -> None:
    statement = verb.format(model._meta.db_table)
    with (
        pytest.raises(ProgrammingError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_a_fact_is_read_and_appended(entry: JournalEntry) -> None:
    assert entry.facts == {"number": 1}


@pytest.mark.django_db
def test_the_application_owns_no_table_and_may_not_make_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole AND relkind = 'r'"
        )
        assert cursor.fetchone() == (0,)
        with pytest.raises(ProgrammingError):
            cursor.execute("CREATE TABLE mine (x int)")


@pytest.mark.django_db
def test_an_ordinary_table_may_be_changed_which_shows_that_the_wall_is_the_facts_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orgs_organisation SET name = name")
        cursor.execute("DELETE FROM orgs_setting")
