"""What is read of an address is what the service understands that it is for."""

import pytest

from baodao.notices.commands.gateway import SERVICES
from baodao.notices.rules.channels import SERVICE_NAMES, read_address
from tests.notices.test_channel_rules import ADDRESSES


@pytest.mark.parametrize("typed", [typed for typed, _schema, _url in ADDRESSES])
def test_the_service_reads_what_was_rebuilt(typed: str) -> None:
    read = read_address(typed)
    service = SERVICES[read.schema]
    parsed = service.parse_url(read.url)
    assert service(**parsed).redirects is True, "only our asset turns them off"
    assert parsed["verify"] is True


def test_every_service_has_a_name() -> None:
    assert set(SERVICES) == set(SERVICE_NAMES)
