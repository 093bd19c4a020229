"""Services of a member that slices above know of already: one tap states them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from baodao.kernel.authz import Actor


@dataclass(frozen=True)
class KnownService:
    """What somebody took on and is over: `url` states it."""

    url: str
    title: str
    community: str
    starts_at: datetime
    minutes: int


Source = Callable[[Actor], Sequence[KnownService]]
_SOURCES: list[Source] = []


def register_known(source: Source) -> None:
    """Add services that are known; called by the slice that knows them when it starts."""
    _SOURCES.append(source)


def known_services(actor: Actor) -> list[KnownService]:
    """What the actor could state with one tap, the latest first."""
    services = [service for source in _SOURCES for service in source(actor)]
    return sorted(services, key=lambda one: one.starts_at, reverse=True)
