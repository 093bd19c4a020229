"""The benchmarks draw the tables as they are today, and open pages that are there."""

import os
from importlib import import_module
from random import Random
from types import ModuleType

import pytest

from baodao.ledger.rules.chain import COLUMNS
from baodao.orgs.models import Organisation
from baodao.people.models import Membership
from tests import factories

SETTINGS = ("BAODAO_VAR", "DJANGO_SETTINGS_MODULE", "BAODAO_DATABASE_URL")


def benchmark(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of the benchmarks; what its package sets in the environment is put back."""
    for setting in (*SETTINGS, "BAODAO_OWNER_DATABASE_URL"):
        monkeypatch.setitem(os.environ, setting, os.environ.get(setting, ""))
    return import_module(f"bench.{name}")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_drawn_city_is_whole_and_its_pages_open(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = benchmark("pages", monkeypatch)
    benchmark("worlds", monkeypatch).build(300, records=600)
    assert Membership.objects.filter(closed_at=None).count() == 300
    assert Organisation.objects.filter(kind="branch").count() == 12
    for page in pages.workloads(Random(1)).values():
        page.open()
        page.ask()
    branch = Organisation.objects.filter(kind="branch")[0]
    assert factories.member("后来的人", branch), "the tables keep their own defaults"


def test_the_drawn_records_have_the_columns_of_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    [row] = benchmark("ledger_verify", monkeypatch).rows(community=1, count=1, seed=1)
    assert len(row) == len(COLUMNS)
