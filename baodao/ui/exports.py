"""What a list needs of whoever makes files of it: finished files, media, which is asked for."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from baodao.kernel.errors import Absent, Refused
from baodao.ui.requests import ActorRequest


class Made(Protocol):
    """A finished file, as `baodao.documents.files` returns it."""

    @property
    def content(self) -> bytes: ...
    @property
    def content_type(self) -> str: ...
    @property
    def filename(self) -> str: ...


class Printed(Made, Protocol):
    """A finished paper with what whoever prints it has to know."""

    @property
    def remarks(self) -> Sequence[tuple[str, Refused]]: ...


class FileMedium(Protocol):
    """A medium in which a list is had: its ending, and the words and label of its button (message
    ids); whether it is for paper, which has the columns of the page and not too many rows."""

    @property
    def code(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def on_paper(self) -> bool: ...


class Export(Protocol):
    """What makes a file of a list: by its title, heads and rows, in one of its media."""

    @property
    def media(self) -> Sequence[FileMedium]: ...

    def __call__(
        self,
        title: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        format: str,  # noqa: A002
    ) -> Printed: ...


def medium_of(request: ActorRequest, media: Iterable[FileMedium]) -> FileMedium | None:
    """In what the url asks for the whole list; None where the page is asked for. `Absent` for a
    medium in which it is not had."""
    ending = request.GET.get("export")
    if not ending:
        return None
    for medium in media:
        if medium.code == ending:
            return medium
    raise Absent("export")
