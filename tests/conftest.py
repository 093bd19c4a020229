"""What every test may use: the drawn world, and real commits that are cleaned up afterwards."""

import gc
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction
from django.test import Client, TransactionTestCase

from tests.database import _empty_files as _empty_files
from tests.database import django_db_setup as django_db_setup
from tests.database import empty_tables
from tests.days import start_the_clock, stop_the_clock
from tests.drawing import Drawing, prepare
from tests.drawing import drawing as drawing
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


TESTS = Path(__file__).parent
LONGEST = Path("permissions") / "test_matrix.py"


def pytest_configure() -> None:
    """Plain static files: pages are tested without collecting them first. Passwords are hashed as
    everywhere, with as little work as the algorithm allows. While modules are read, none of them
    learns what day it is."""
    Argon2PasswordHasher.time_cost = 1
    Argon2PasswordHasher.memory_cost = 8 * Argon2PasswordHasher.parallelism
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = backend
    stop_the_clock()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest file begins first and the journeys follow, so that no worker is left alone with a
    long file at the end, and none waits while the other migrates or builds the demo city."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    place = item.path.relative_to(TESTS)
    if place == LONGEST:
        return 0
    return 1 if place.parts[0] == "journeys" else 2


def pytest_collection_finish() -> None:
    """What collecting made lives as long as the process: the collector need not walk through it at
    every turn. A sixth of the tests' time went into that."""
    start_the_clock()
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


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    prepare(item)


@pytest.fixture
def world(drawing: Drawing, db: None) -> World:
    """The drawn tree and its named people, see `tests/world.py`."""
    return drawing.copy()


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    """The same world, committed at once, for tests with several connections."""
    with transaction.atomic():
        return draw()


@pytest.fixture
def client() -> Client:
    """A browser without JavaScript."""
    return Client()
