"""Telling persons and organisations, in the transaction of what is told; reading what was told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.notices.models import Notice
from baodao.notices.queries import of_organisation, own_notices
from baodao.notices.rules import REMINDERS, SENTENCES, shown_at
from baodao.orgs.models import Organisation

Told = str | int


@dataclass(frozen=True)
class Message:
    """One sentence (`kind` of `rules.SENTENCES`) to one person or one organisation."""

    kind: str
    person_id: UUID | None = None
    organisation_id: int | None = None
    about: UUID | None = None
    url: str = ""
    facts: Mapping[str, Told] = field(default_factory=dict)


def announce(messages: Iterable[Message]) -> list[Notice]:
    """Append notices in the caller's transaction; reminders wait for the end of quiet hours."""
    now = clock.now()
    reminder_at = shown_at(clock.local(now))
    notices = [
        Notice(
            person_id=message.person_id,
            organisation_id=message.organisation_id,
            kind=_known(message.kind),
            facts=dict(message.facts),
            about=message.about,
            url=message.url,
            created_at=now,
            show_at=reminder_at if message.kind in REMINDERS else now,
        )
        for message in messages
    ]
    return Notice.objects.bulk_create(notices, batch_size=5_000)


def _known(kind: str) -> str:
    if kind not in SENTENCES:
        raise KeyError(f"no sentence for notices of kind {kind}")
    return kind


@command
def mark_read(actor: Actor, *, organisation: Organisation | None = None) -> int:
    """Mark everything shown to the actor (or to the organisation acted for) as read."""
    shown = of_organisation(actor, organisation) if organisation else own_notices(actor)
    return shown.filter(read_at=None).update(read_at=clock.now())
