"""A receiver of webhooks that the site's setting allows."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.notices.receiver import Receiver, receiving


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """A server on loopback, named in the site's setting."""
    settings.CHANNEL_HOSTS = frozenset({"127.0.0.1"})
    with receiving() as listening:
        yield listening
