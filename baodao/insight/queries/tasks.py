"""What waits for an authority beside the figures of its first page; slices above add their own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from baodao.flags.queries.flags import look_count
from baodao.identities.queries.contests import contested
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.statements.queries.disputes import open_count


@dataclass(frozen=True)
class OverviewTask:
    """Something that waits: what it is, how much of it in words, and where it is done: the name of
    an address with what follows it."""

    title: str
    words: str
    label: str
    address: str
    query: str = ""


TaskSource = Callable[[Actor, Organisation], Iterable[OverviewTask]]


def _contests(actor: Actor, _place: Organisation) -> Iterator[OverviewTask]:
    if count := contested(actor).count():
        words = ngettext(
            "%(n)s number that two units entered with different names",
            "%(n)s numbers that two units entered with different names",
            count,
        )
        title = gettext("One ID number, two names")
        yield OverviewTask(title, words % {"n": count}, gettext("Settle"), "identities:contests")


def _flags(actor: Actor, place: Organisation) -> Iterator[OverviewTask]:
    if count := look_count(actor, place):
        words = ngettext(
            "%(n)s service record waits to be looked at",
            "%(n)s service records wait to be looked at",
            count,
        )
        facts = (gettext("Flags"), words % {"n": count}, gettext("Look at them"))
        yield OverviewTask(*facts, "flags:list", "?state=waiting")


def _objections(actor: Actor, place: Organisation) -> Iterator[OverviewTask]:
    if count := open_count(actor, place).count:
        words = ngettext(
            "%(n)s objection to a record of a closed community waits for an answer",
            "%(n)s objections to records of closed communities wait for an answer",
            count,
        )
        title = gettext("Objections")
        yield OverviewTask(title, words % {"n": count}, gettext("Answer"), "statements:disputes")


_SOURCES: list[TaskSource] = [_contests, _flags, _objections]


def register_tasks(source: TaskSource) -> None:
    """Let the overview show what waits in a slice above."""
    _SOURCES.append(source)


def tasks_beside(actor: Actor, place: Organisation) -> list[OverviewTask]:
    """Everything that waits for who acts for a place, in the order of the slices."""
    return [task for source in _SOURCES for task in source(actor, place)]
