"""The small city, built once for the tests that only look at it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from baodao.demo.commands import Built, build


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Built]:
    """Everything is rolled back when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(seed=1, size="small", say=lambda line: None)
        transaction.set_rollback(True)
