"""The pages of a list: which one an address asks for, and its rows; no row is out of reach."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from baodao.ui.requests import ActorRequest

PAGE_SIZE = 50


def page_in(request: ActorRequest, pages: int) -> int:
    """The number of the page that the address asks for, of so many; beyond the last, the last."""
    text = request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
    return min(max(1, number), pages)


def pages_for(count: int, size: int) -> int:
    """On how many pages of that size so many rows stand."""
    return max(1, -(-count // size))


@dataclass(frozen=True)
class Paging:
    """Rows in their order that are neither searched nor sorted, page by page, for
    `ui/components/list_pages.html`."""

    every: QuerySet[Any] | Sequence[Any]
    request: ActorRequest
    size: int = field(default_factory=lambda: PAGE_SIZE)

    @cached_property
    def count(self) -> int:
        if isinstance(self.every, QuerySet):
            return self.every.order_by().values("pk").count()
        return len(self.every)

    @property
    def pages(self) -> int:
        return pages_for(self.count, self.size)

    @cached_property
    def page(self) -> int:
        return page_in(self.request, self.pages)

    @cached_property
    def rows(self) -> list[Any]:
        if not self.count:
            return []
        start = (self.page - 1) * self.size
        return list(self.every[start : start + self.size])
