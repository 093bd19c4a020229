"""Each slice's checks are looked at, whatever one of them meets."""

import pytest
from django.db import OperationalError

from baodao.kernel import health
from baodao.kernel.health import Check, Finding, Health


@pytest.fixture(autouse=True)
def _own_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_checks", {})


def silent() -> Finding:
    raise OperationalError("no server\n")


def test_a_database_that_does_not_answer_is_a_finding_and_the_rest_is_looked_at() -> None:
    health.register(Check("server", "server", silent))
    health.register(Check("disk", "disk", lambda: Finding(Health.OK, "room")))
    findings = {check.name: finding for check, finding in health.examine()}
    assert findings["server"].health is Health.FAIL
    assert findings["server"].fact == "no server"
    assert "BAODAO_DATABASE_URL" in findings["server"].advice
    assert findings["disk"] == Finding(Health.OK, "room")


def test_a_check_is_found_by_its_name() -> None:
    health.register(Check("disk", "disk", lambda: Finding(Health.WARN, "little room")))
    assert health.check_of("disk").look().health is Health.WARN
