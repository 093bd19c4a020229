"""What every test may use: the drawn world, and real commits that are cleaned up afterwards."""

import gc
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.test import Client, TransactionTestCase

from tests.database import _empty_files as _empty_files
from tests.database import django_db_setup as django_db_setup
from tests.database import empty_tables
from tests.world import World, draw

hypothesis.settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")
"""How long an example takes says how busy the machine is, and is never asserted. The examples are
the same in every run, so that what fails here fails everywhere and again."""


def pytest_configure() -> None:
    """Plain static files: pages are tested without collecting them first."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = backend


def pytest_collection_finish() -> None:
    """What collecting made lives as long as the process: the collector need not walk through it at
    every turn. A sixth of the tests' time went into that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _empty_tables(self: TransactionTestCase) -> None:
    empty_tables()


TransactionTestCase._fixture_teardown = _empty_tables  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that writes files by mistake writes them where nobody looks."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def world(db: None) -> World:
    """The drawn tree and its named people, see `tests/world.py`."""
    return draw()


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    """The same world, committed, for tests with several connections."""
    return draw()


@pytest.fixture
def client() -> Client:
    """A browser without JavaScript."""
    return Client()
