"""Pages beside the list of a unit's members: a slice above registers where something waits."""

from collections.abc import Callable
from dataclasses import dataclass

from baodao.kernel.authz import Actor


@dataclass(frozen=True)
class MembersLink:
    """A page beside the list of members: the name of its address, what the link is called (a
    message id), and whether there is anything on it for the actor, who may edit members."""

    address: str
    label: str
    waits: Callable[[Actor], bool]


LINKS: list[MembersLink] = []


def register_link(page: MembersLink) -> None:
    """Let the list of members lead to this page while something waits on it; called by the slice
    that owns it when it starts."""
    LINKS.append(page)


def links_of(actor: Actor) -> list[MembersLink]:
    """The pages on which something waits for the actor."""
    return [page for page in LINKS if page.waits(actor)]
