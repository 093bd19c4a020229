"""The small city, built once for the tests that only look at it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from baodao.demo.commands import Built, build
from tests.database import empty_tables


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Built]:
    """Everything is rolled back when the module is done.

    The tables are emptied first: after tests whose rows were rolled back the planner takes each for
    a table without rows, and a city of one transaction is never counted anew.
    """
    with django_db_blocker.unblock():
        empty_tables()
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(seed=1, size="small", say=lambda line: None)
        transaction.set_rollback(True)
