"""What is read of an address is what the carrier understands that it is for."""

import pytest

from baodao.notices.commands.gateway import CARRIERS
from baodao.notices.rules.channels import CARRIER_NAMES, read_address
from tests.notices.test_channel_rules import ADDRESSES


@pytest.mark.parametrize("typed", [typed for typed, _schema, _url in ADDRESSES])
def test_the_carrier_reads_what_was_rebuilt(typed: str) -> None:
    read = read_address(typed)
    carrier = CARRIERS[read.schema]
    parsed = carrier.parse_url(read.url)
    assert carrier(**parsed).redirects is True, "only our asset turns them off"
    assert parsed["verify"] is True


def test_every_carrier_has_a_name() -> None:
    assert set(CARRIERS) == set(CARRIER_NAMES)
