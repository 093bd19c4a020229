"""Running on a cluster: what is refused without one, what the doctor says, and, where somebody
brings one (`BAODAO_TEST_CLUSTER_URL`), that its tables lie where the models say."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.db import ProgrammingError, connections, transaction
from pytest_django import Settings

from baodao.kernel import checks, cluster
from baodao.kernel.database import SEQUENTIAL
from baodao.kernel.errors import Refused
from baodao.kernel.facts import withheld
from baodao.kernel.health import Health
from baodao.orgs.models import Organisation
from tests.environment import CLUSTER_URL, ROOT

ASTRAY = "orgs_organisation"


def test_every_connection_of_a_cluster_writes_shard_after_shard() -> None:
    say = "from baodao.config.settings import DATABASES as d; print(d['default']['OPTIONS'])"
    shown = [
        subprocess.run(
            [sys.executable, "-c", say],
            env=os.environ | {"BAODAO_CLUSTER": one},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for one in ("", "1")
    ]
    assert [SEQUENTIAL in one for one in shown] == [False, True]


@pytest.mark.django_db
def test_an_id_that_a_row_has_is_not_given_again() -> None:
    first = Organisation.objects.create(code="1", name="一", kind="city", path="1.")
    assert ASTRAY not in cluster.behind()
    Organisation.objects.create(id=first.pk + 5, code="2", name="二", kind="city", path="2.")
    assert ASTRAY in cluster.behind()


if CLUSTER_URL:

    @pytest.mark.django_db
    def test_every_table_lies_where_its_model_says() -> None:
        assert cluster.misplaced() == []
        assert checks.cluster_tables().health is Health.OK

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_distributing_again_moves_nothing_and_closes_facts_that_stand_open() -> None:
        table = sorted(withheld())[0]
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"GRANT UPDATE ON {table} TO baodao_app")
        assert checks.facts_are_closed().health is Health.FAIL
        assert cluster.distribute() == []
        assert checks.facts_are_closed().health is Health.OK
        with (
            pytest.raises(ProgrammingError) as refused,
            transaction.atomic(),
            connections["default"].cursor() as cursor,
        ):
            cursor.execute("DELETE FROM ledger_servicerecord")
        assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_distributing_sets_identity_columns_on() -> None:
        first = Organisation.objects.create(code="1", name="一", kind="city", path="1.")
        last = Organisation.objects.create(
            id=first.pk + 5, code="2", name="二", kind="city", path="2."
        )
        cluster.distribute()
        third = Organisation.objects.create(code="3", name="三", kind="city", path="3.")
        assert third.pk > last.pk

else:

    def test_one_postgresql_is_not_distributed(settings: Settings, db: None) -> None:
        with pytest.raises(Refused, match="BAODAO_CLUSTER") as refused:
            cluster.distribute()
        assert refused.value.code == "cluster.off"
        settings.CLUSTER = True
        assert checks.cluster_tables().health is Health.FAIL

    @pytest.mark.django_db(databases=["default", "owner"])
    def test_without_the_extension_nothing_is_distributed(settings: Settings) -> None:
        assert checks.cluster_tables().health is Health.OK
        settings.CLUSTER = True
        with pytest.raises(Refused, match="CREATE EXTENSION") as refused:
            cluster.distribute()
        assert refused.value.code == "cluster.no-extension"
