"""Every named address of the urlconf, with arguments that point into one scene of the world."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    """One url name with the names of its arguments."""

    name: str
    arguments: tuple[str, ...]

    @property
    def of_api(self) -> bool:
        """Whether programs ask it, with a token."""
        return self.name.startswith("api:")

    def url(self, values: dict[str, Any]) -> str:
        missing = [argument for argument in self.arguments if argument not in values]
        assert not missing, f"tests/permissions/scene.py has no {missing} for {self.name}"
        return reverse(self.name, kwargs={key: values[key] for key in self.arguments})


def addresses() -> list[Address]:
    """All of them, in the order of the urlconf."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, prefix: str, outer: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        arguments = outer + tuple(entry.pattern.converters)
        if isinstance(entry, URLResolver):
            namespace = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _walk(entry, namespace, arguments)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield Address(f"{prefix}{entry.name}", arguments)
