"""Writing and reading the journal: every change says who, when, what and why."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from baodao.kernel import clock, ids
from baodao.kernel.authz import Actor
from baodao.kernel.copy_lines import line_of
from baodao.kernel.inserts import append_lines
from baodao.kernel.models import JournalEntry

COLUMNS = ("scope_id", "id", "at", "account_id", "actor_name", "verb", "about", "facts")
"""Of an entry, in the order in which it is written."""

KEPT_DAYS = 184
"""How long the law keeps a log at least: six months, whichever they are (网络安全法第二十三条)."""

Fact = str | int | bool | None | list[str]


@dataclass(frozen=True)
class Act:
    """What is written down: `verb` is `<noun>.<past>`, `scope_id` where it happened."""

    verb: str
    about: UUID
    scope_id: int
    facts: dict[str, Fact] = field(default_factory=dict)


def write(actor: Actor, verb: str, about: UUID, scope_id: int, **facts: Fact) -> None:
    """Append one entry in the caller's transaction."""
    write_many(actor, [Act(verb, about, scope_id, facts)])


def write_many(actor: Actor, acts: Iterable[Act]) -> None:
    """Append entries in the caller's transaction, in their order; those of a program name its
    token."""
    write_each((actor, act) for act in acts)


def write_each(acts: Iterable[tuple[Actor, Act]]) -> None:
    """Append entries of several actors, each of what they did themselves."""
    now, every = clock.now(), list(acts)
    keys = ids.new_ids(len(every))
    lines = [_line(actor, act, key, now) for (actor, act), key in zip(every, keys, strict=True)]
    if lines:
        append_lines(JournalEntry._meta.db_table, COLUMNS, lines)


def _line(actor: Actor, act: Act, key: UUID, now: datetime) -> bytes:
    """One entry as COPY reads it: every act writes one, and a row of Django takes longer."""
    facts = act.facts | ({"token": actor.by} if actor.by else {})
    written = json.dumps(facts, ensure_ascii=False)
    by = (actor.account_id, actor.name)
    return line_of((act.scope_id, key, now, *by, act.verb, act.about, written))


def entries() -> QuerySet[JournalEntry]:
    """Everything that was ever written; the caller narrows it to the reader's scope."""
    return JournalEntry.objects.all()


def timeline(*about: UUID) -> QuerySet[JournalEntry]:
    """Everything that happened to the rows `about`, oldest first.

    The caller has fetched these rows through its own scope: seeing the row is seeing its story.
    """
    return JournalEntry.objects.filter(about__in=about).order_by("at", "id")


class StoryLength(NamedTuple):
    """How many entries there are about a row, and when the last was written."""

    entries: int
    last: datetime


def story_lengths(about: Iterable[UUID], *, without: str) -> dict[UUID, StoryLength]:
    """Of each of these rows of which anything was written how much, leaving out one verb, for who
    may see the rows."""
    rows = JournalEntry.objects.filter(about__in=list(about)).exclude(verb=without)
    numbers = rows.order_by().values("about").annotate(entries=Count("id"), last=Max("at"))
    return {row["about"]: StoryLength(row["entries"], row["last"]) for row in numbers}
