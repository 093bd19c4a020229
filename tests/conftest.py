"""What every test may use: the drawn world, and real commits that are cleaned up afterwards."""

from pathlib import Path

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, TransactionTestCase

from tests.database import django_db_setup as django_db_setup
from tests.world import World, draw

hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")
"""How long an example takes says how busy the machine is, and is never asserted."""

KEPT = ("django_migrations", "django_content_type", "auth_permission", "procrastinate_version")


def pytest_configure() -> None:
    """Plain static files: pages are tested without collecting them first."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = backend


def _empty_tables(self: TransactionTestCase) -> None:
    """Truncate as the owner: the application's role may not, and must not be able to."""
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        held = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in held.fetchall() if name not in KEPT]
        owner.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")


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
