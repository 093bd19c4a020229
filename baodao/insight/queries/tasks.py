"""What waits for an authority beside the figures of its first page; slices above add their own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from baodao.agreements.queries.turns import open_agreements
from baodao.committees.queries.committees import MeetingAhead, meetings_today
from baodao.flags.queries.flags import look_count
from baodao.honours.queries.waiting import HonourDuties, honour_duties
from baodao.honours.queries.words import title_of
from baodao.identities.queries.contests import contest_count
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.questions import Question, together
from baodao.opinions.queries.waiting import unreplied_rounds
from baodao.orgs.models import Organisation
from baodao.problems.queries.problems import duty_count, late_problems
from baodao.resources.queries.claims import unanswered_claims
from baodao.statements.queries.disputes import open_count
from baodao.visits.queries.contacts import vacant_contacts


@dataclass(frozen=True)
class OverviewTask:
    """Something that waits: what it is, how much of it in words, and where it is done: the name of
    an address with what follows it, of the page of one row with its key."""

    title: str
    words: str
    label: str
    address: str
    query: str = ""
    row: UUID | None = None


NAMED = 3
Tasks = list[OverviewTask]
TaskSource = Callable[[Actor, Organisation], Question[Tasks]]
"""Asks for what waits in a slice. All of them are asked in one trip, so one more costs no other."""


def _contests(actor: Actor, _place: Organisation) -> Question[Tasks]:
    return contest_count(actor).then(_contest_task)


def _contest_task(count: int) -> Tasks:
    words = ngettext(
        "%(n)s number that two units entered with different names",
        "%(n)s numbers that two units entered with different names",
        count,
    )
    title = gettext("One ID number, two names")
    task = OverviewTask(title, words % {"n": count}, gettext("Settle"), "identities:contests")
    return [task] if count else []


def _flags(actor: Actor, place: Organisation) -> Question[Tasks]:
    return look_count(actor, place).then(_flag_task)


def _flag_task(count: int) -> Tasks:
    words = ngettext(
        "%(n)s service record waits to be looked at",
        "%(n)s service records wait to be looked at",
        count,
    )
    facts = (gettext("Flags"), words % {"n": count}, gettext("Look at them"))
    return [OverviewTask(*facts, "flags:list", "?state=waiting")] if count else []


def _objections(actor: Actor, place: Organisation) -> Question[Tasks]:
    return open_count(actor, place).then(lambda waiting: _objection_task(waiting.count))


def _objection_task(count: int) -> Tasks:
    words = ngettext(
        "%(n)s objection to a record of a closed community waits for an answer",
        "%(n)s objections to records of closed communities wait for an answer",
        count,
    )
    title = gettext("Objections")
    task = OverviewTask(title, words % {"n": count}, gettext("Answer"), "statements:disputes")
    return [task] if count else []


def _stuck(actor: Actor, place: Organisation) -> Question[Tasks]:
    return late_problems(actor, place).then(_stuck_task)


def _stuck_task(rows: list[tuple[Any, ...]]) -> Tasks:
    if not rows:
        return []
    words = ngettext(
        "%(n)s problem is overdue, the longest with %(holder)s since %(on)s",
        "%(n)s problems are overdue, the longest with %(holder)s since %(on)s",
        len(rows),
    )
    _, _, holder, since = rows[0]
    facts = {"n": len(rows), "holder": holder, "on": date_format(clock.local(since).date())}
    title, label = gettext("List of problems"), gettext("See where they are stuck")
    return [OverviewTask(title, words % facts, label, "problems:list", "?late=yes")]


def _duties(actor: Actor, place: Organisation) -> Question[Tasks]:
    return duty_count(actor, place).then(_duty_task)


def _duty_task(count: int) -> Tasks:
    words = ngettext("%(n)s waits for an answer", "%(n)s wait for an answer", count)
    title = gettext("Tasks, answers and problems for us")
    task = OverviewTask(title, words % {"n": count}, gettext("Answer"), "problems:ours")
    return [task] if count else []


def _meetings(actor: Actor, place: Organisation) -> Question[Tasks]:
    return meetings_today(actor, place).then(_meeting_task)


def _meeting_task(rows: list[MeetingAhead]) -> Tasks:
    if not rows:
        return []
    first = rows[0]
    words = f"{clock.local(first.starts_at):%H:%M} {first.committee} {first.spot}"
    title, label = gettext("Meetings today"), gettext("Open the meeting")
    if len(rows) > 1:
        return [OverviewTask(title, words, label, "committees:list")]
    return [OverviewTask(title, words, label, "committees:meeting", row=first.meeting_id)]


def _vacant(actor: Actor, place: Organisation) -> Question[Tasks]:
    return vacant_contacts(actor, place).then(_vacant_task)


def _vacant_task(rows: list[tuple[Any, ...]]) -> Tasks:
    words = ngettext(
        "%(n)s contact point whose cadre left or retired",
        "%(n)s contact points whose cadres left or retired",
        len(rows),
    )
    facts = (gettext("Contact points"), words % {"n": len(rows)}, gettext("See who takes over"))
    return [OverviewTask(*facts, "visits:contacts", "?state=vacant")] if rows else []


def _list_claims(actor: Actor, place: Organisation) -> Question[Tasks]:
    return unanswered_claims(actor, place).then(_list_claim_task)


def _list_claim_task(since: list[Any]) -> Tasks:
    if not since:
        return []
    words = ngettext(
        "%(n)s claim waits for an answer, since %(on)s",
        "%(n)s claims wait for an answer, the longest since %(on)s",
        len(since),
    )
    facts = {"n": len(since), "on": date_format(clock.local(since[0]).date())}
    title, label = gettext("Lists of units and communities"), gettext("See who has to answer")
    return [OverviewTask(title, words % facts, label, "resources:claims", "?state=open")]


def _agreements(actor: Actor, place: Organisation) -> Question[Tasks]:
    return open_agreements(actor, place).then(_agreement_task)


def _agreement_task(units: list[str]) -> Tasks:
    if not units:
        return []
    words = ngettext(
        "%(n)s is not signed yet: %(units)s", "%(n)s are not signed yet: %(units)s", len(units)
    )
    facts = {"n": len(units), "units": "、".join(units[:NAMED])}
    title, label = gettext("Agreements"), gettext("See where they stand")
    return [OverviewTask(title, words % facts, label, "agreements:list", "?state=draft")]


def _opinions(actor: Actor, place: Organisation) -> Question[Tasks]:
    return unreplied_rounds(actor, place).then(_opinion_task)


def _opinion_task(count: int) -> Tasks:
    words = ngettext(
        "%(n)s round has opinions without a reply",
        "%(n)s rounds have opinions without a reply",
        count,
    )
    facts = (gettext("Opinions"), words % {"n": count}, gettext("See who has to reply"))
    return [OverviewTask(*facts, "opinions:list", "?reply=wanting")] if count else []


def _honours(actor: Actor, place: Organisation) -> Question[Tasks]:
    return honour_duties(actor, place).then(_honour_tasks)


def _honour_tasks(duties: HonourDuties) -> Tasks:
    """Objections to answer, and votes to give; of one alone its page."""
    tasks = []
    if rows := duties.objections:
        words = ngettext(
            "%(n)s objection to “%(what)s” waits for an answer until %(on)s",
            "%(n)s objections wait for an answer, the first to “%(what)s” until %(on)s",
            len(rows),
        )
        first = rows[0]
        on = date_format(first.due_on)
        facts = {"n": len(rows), "what": title_of(first.proposal.round), "on": on}
        title, label = gettext("Objections to lists of honours"), gettext("Answer")
        sole = first.pk if len(rows) == 1 else None
        address = "honours:objection" if sole else "honours:list"
        tasks.append(OverviewTask(title, words % facts, label, address, row=sole))
    if votes := duties.votes:
        first_vote, sole = votes[0], votes[0].pk if len(votes) == 1 else None
        last = first_vote.ballot_until or clock.today()
        facts = {"what": title_of(first_vote), "on": date_format(last)}
        vote_words = gettext("“%(what)s” until %(on)s") % facts
        address = "honours:ballot" if sole else "honours:public_lists"
        title, label = gettext("Your vote is asked"), gettext("Vote")
        tasks.append(OverviewTask(title, vote_words, label, address, row=sole))
    if late := duties.overtaken:
        words = ngettext(
            "%(n)s signed word of which the records say otherwise now",
            "%(n)s signed words of which the records say otherwise now",
            len(late),
        )
        facts = {"n": len(late)}
        title, label = gettext("Records added or put right since"), gettext("Look at them")
        row = late[0].pk
        tasks.append(OverviewTask(title, words % facts, label, "honours:proposal", row=row))
    return tasks


_SOURCES: list[TaskSource] = [
    *(_contests, _flags, _objections),
    *(_meetings, _stuck, _duties, _vacant),
    *(_list_claims, _agreements, _opinions, _honours),
]


def register_tasks(source: TaskSource) -> None:
    """Let the overview show what waits in a slice above."""
    _SOURCES.append(source)


def tasks_beside(actor: Actor, place: Organisation) -> list[OverviewTask]:
    """Everything that waits for who acts for a place, in the order of the slices."""
    questions = {f"source_{n}": source(actor, place) for n, source in enumerate(_SOURCES)}
    return together(_in_order, **questions).answer()


def _in_order(**tasks: Tasks) -> Tasks:
    return [task for some in tasks.values() for task in some]
