"""What waits on a first page, each with its number and one button."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from baodao.agreements.queries.turns import AgreementTurn
from baodao.agreements.rules.agreements import AgreementState
from baodao.claims.rules.lives import ClaimState
from baodao.committees.queries.committees import MeetingAhead
from baodao.home.queries.days import (
    CommunityDay,
    LateProblem,
    RollToRecord,
    WaitingClaim,
    WaitingOffer,
)
from baodao.home.queries.units import UnitDay
from baodao.home.tables.neighbours import neighbour_tasks
from baodao.home.tables.tasks import NextAct, Task, sole_url
from baodao.honours.queries.waiting import HonourDuties
from baodao.honours.queries.words import title_of
from baodao.inquiries.queries.requests import WaitingRequest
from baodao.kernel import clock
from baodao.opinions.queries.waiting import WaitingOpinions, WaitingSheet
from baodao.pairings.rules.pairings import PairingStage
from baodao.registration.queries.desks import ArrivalCount
from baodao.statements.queries.disputes import DisputeCount
from baodao.statements.queries.statements import StatementCount
from baodao.ui.wording import time_words

NAMED = 3
"""How many groups a task names; the page behind the button names all."""


def tasks_of(day: CommunityDay) -> list[Task]:
    """What waits for a community, in the order in which it is done."""
    return [
        *_callups(day.callups),
        *_meetings(day.meetings),
        *_arrivals(day.arrivals),
        *_units(day.units),
        *_proposals(day.proposals),
        *_claims(day.waiting[ClaimState.APPLIED]),
        *_exits(day.waiting[ClaimState.EXIT_REQUESTED]),
        *_statements(day.statements),
        *_rolls(day.rolls),
        *_disputes(day.disputes, day.sole_dispute),
        *_flags(day.flags),
        *_requests(day.to_answer),
        *_reports(day.reports, day.late),
        *_to_screen(day.needs.to_screen, day.sole_need),
        *neighbour_tasks(day),
        *_stuck(day.stuck, {row.offer_id for row in day.ripe}),
        *_ripe(day.ripe, {row.problem_id for row in day.stuck}),
        *_duties(day.duties),
        *_list_claims(day.list_claims),
        *_agreements(day.agreements),
        *_opinions(day.opinions),
        *_honours(day.honours),
        *_still(day.still),
        *_unvisited(day.pairings[PairingStage.OVERDUE]),
        *_unpaired(day.pairings[PairingStage.OPEN]),
        *_vacant(day.vacant),
        *_undecided(day.undecided),
        *_short(day.short),
        *_unplaced(day.hosted.unplaced),
        *_contact(day),
    ]


def _callups(calls: Sequence[WaitingOffer]) -> Iterator[Task]:
    if count := len(calls):
        words = ngettext("emergency call-up goes on", "emergency call-ups go on", count)
        url = sole_url(reverse("callups:list"), "callups:one", *(row.offer_id for row in calls))
        yield Task(
            count, words, _titles(calls), NextAct(gettext("See who can come"), url), due=True
        )


def _contact(day: CommunityDay) -> Iterator[Task]:
    if day.lacks_contact:
        act = NextAct(gettext("Name a contact"), reverse("orgs:own_contact"))
        words = gettext("The contact of the community works there no longer")
        detail = gettext("Papers and pages name nobody until another is named.")
        yield Task(1, words, detail, act, pressing=False)


def _arrivals(groups: Sequence[ArrivalCount]) -> Iterator[Task]:
    if not groups:
        return
    waiting = sum(group.count for group in groups)
    named = [
        ngettext("%(unit)s: %(n)s person", "%(unit)s: %(n)s persons", group.count)
        % {"unit": group.unit, "n": group.count}
        + (gettext(" (group report)") if group.as_group else "")
        for group in groups[:NAMED]
    ]
    days = clock.days_since(groups[0].since)
    waited = ngettext(
        "the longest has waited %(days)s day", "the longest has waited %(days)s days", days
    )
    yield Task(
        waiting,
        ngettext("person to be received", "persons to be received", waiting),
        " · ".join([*named, waited % {"days": days}]),
        NextAct(gettext("Check one by one or receive all"), reverse("registration:desk")),
        due=True,
    )


def _units(units: Sequence[str]) -> Iterator[Task]:
    if units:
        yield Task(
            len(units),
            ngettext(
                "unit has presented its contact form",
                "units have presented their contact forms",
                len(units),
            ),
            " · ".join(units[:NAMED]),
            NextAct(gettext("Look and accept"), f"{reverse('partnership:units')}?state=submitted"),
        )


def _proposals(proposals: Sequence[WaitingOffer]) -> Iterator[Task]:
    if count := len(proposals):
        words = ngettext("activity proposed by a unit", "activities proposed by units", count)
        several = f"{reverse('offers:list')}?state=proposed"
        url = sole_url(several, "offers:offer", *(row.offer_id for row in proposals))
        act = NextAct(gettext("Accept or give back"), url)
        yield Task(count, words, _titles(proposals), act)


def _claims(claims: Sequence[WaitingClaim]) -> Iterator[Task]:
    if claims:
        words = ngettext("claim to be decided", "claims to be decided", len(claims))
        counted = Counter(row.title for row in claims).most_common(NAMED)
        detail = " · ".join(f"{title} {count}" for title, count in counted)
        act = NextAct(gettext("Decide"), reverse("agenda:claims"))
        yield Task(len(claims), words, detail, act, due=True)


def _flags(count: int) -> Iterator[Task]:
    if count:
        words = ngettext("record to be explained", "records to be explained", count)
        detail = gettext("The authority above asks how they came to be.")
        yield Task(count, words, detail, NextAct(gettext("Explain"), reverse("flags:questions")))


def _reports(count: int, late: Sequence[str]) -> Iterator[Task]:
    act = NextAct(gettext("See the reports"), reverse("reports:received"))
    if count:
        words = ngettext("report to acknowledge", "reports to acknowledge", count)
        yield Task(count, words, gettext("Submitted by units that report here."), act)
    if late:
        words = ngettext("report is overdue", "reports are overdue", len(late))
        yield Task(len(late), words, " · ".join(late[:NAMED]), act, pressing=False)


def _requests(lines: Sequence[WaitingRequest]) -> Iterator[Task]:
    if lines:
        first = lines[0]
        words = ngettext("request of an authority", "requests of authorities", len(lines))
        facts = {"title": first.title, "day": date_format(first.due_on)}
        detail = gettext("%(title)s, by %(day)s") % facts
        url = sole_url(
            reverse("inquiries:requests"), "inquiries:answer", *(one.pk for one in lines)
        )
        yield Task(len(lines), words, detail, NextAct(gettext("Answer the request"), url), due=True)


def _still(orders: Sequence[UUID]) -> Iterator[Task]:
    if count := len(orders):
        words = ngettext("order that stands still", "orders that stand still", count)
        url = sole_url(f"{reverse('orders:list')}?still=yes", "needs:need", *orders)
        yield Task(count, words, "", NextAct(gettext("See who has them"), url))


def _stuck(problems: Sequence[LateProblem], ripe: Collection[UUID]) -> Iterator[Task]:
    """What is overdue, also what of it can be closed, which stands in no second line."""
    if count := len(problems):
        words = ngettext("problem is overdue", "problems are overdue", count)
        detail = " · ".join(_late_words(row, ripe) for row in problems[:NAMED])
        several = f"{reverse('problems:list')}?late=yes"
        url = sole_url(several, "problems:problem", *(row.problem_id for row in problems))
        yield Task(count, words, detail, NextAct(gettext("See where it is stuck"), url), due=True)


def _late_words(row: LateProblem, ripe: Collection[UUID]) -> str:
    if row.problem_id in ripe:
        return gettext("%(words)s: can be closed") % {"words": row.text}
    since = date_format(clock.local(row.since).date())
    words = gettext("%(words)s: with %(holder)s since %(on)s")
    return words % {"words": row.text, "holder": row.holder, "on": since}


def _ripe(every: Sequence[WaitingOffer], late: Collection[UUID]) -> Iterator[Task]:
    problems = [row for row in every if row.offer_id not in late]
    if count := len(problems):
        words = ngettext("problem can be closed", "problems can be closed", count)
        ids = (row.offer_id for row in problems)
        url = sole_url(reverse("problems:list"), "problems:problem", *ids)
        yield Task(count, words, _titles(problems), NextAct(gettext("Look and close"), url))


def _meetings(meetings: Sequence[MeetingAhead]) -> Iterator[Task]:
    if count := len(meetings):
        words = ngettext("meeting today", "meetings today", count)
        detail = " · ".join(
            f"{clock.local(row.starts_at):%H:%M} {row.committee} {row.spot}"
            for row in meetings[:NAMED]
        )
        ids = (row.meeting_id for row in meetings)
        url = sole_url(reverse("committees:list"), "committees:meeting", *ids)
        yield Task(
            count,
            words,
            detail,
            NextAct(gettext("Open the meeting"), url),
            pressing=False,
            due=True,
        )


def _duties(count: int) -> Iterator[Task]:
    if count:
        words = ngettext(
            "task, answer or problem waits for us", "tasks, answers and problems wait for us", count
        )
        act = NextAct(gettext("See what is to be done"), reverse("problems:ours"))
        yield Task(count, words, "", act, pressing=False)


def _list_claims(count: int) -> Iterator[Task]:
    if count:
        words = ngettext(
            "claim of a list waits for our word", "claims of lists wait for our word", count
        )
        act = NextAct(gettext("Answer"), reverse("resources:claims"))
        yield Task(count, words, "", act)


def _agreements(turns: Sequence[AgreementTurn]) -> Iterator[Task]:
    """Those to agree on, those to sign, then those of which the other side says what was kept."""
    drafts = [row for row in turns if not row.kept]
    rows = [row for row in drafts if not row.signable]
    words = ngettext("agreement to agree on", "agreements to agree on", len(rows))
    yield from _turn(rows, words, gettext("Look at the clauses"), AgreementState.DRAFT)
    rows = [row for row in drafts if row.signable]
    words = ngettext("agreement to sign", "agreements to sign", len(rows))
    yield from _turn(rows, words, gettext("Read and sign"), AgreementState.DRAFT)
    rows = [row for row in turns if row.kept]
    words = ngettext(
        "agreement of which the other side says what was kept",
        "agreements of which the other side says what was kept",
        len(rows),
    )
    yield from _turn(rows, words, gettext("Look and confirm"), AgreementState.SIGNED)


def _turn(
    rows: Sequence[AgreementTurn], words: str, label: str, state: AgreementState
) -> Iterator[Task]:
    if rows:
        several = f"{reverse('agreements:list')}?state={state}"
        url = sole_url(several, "agreements:agreement", *(row.agreement_id for row in rows))
        detail = " · ".join(f"{row.partner} {row.year}" for row in rows[:NAMED])
        yield Task(len(rows), words, detail, NextAct(label, url))


def _opinions(waiting: WaitingOpinions) -> Iterator[Task]:
    """Sheets to answer, replies to which something is to be said, opinions without a reply."""
    several = reverse("opinions:list")
    if count := len(waiting.sheets):
        words = ngettext("opinion is asked of us", "opinions are asked of us", count)
        yield Task(count, words, *_sheet_task(waiting.sheets, gettext("Answer"), several))
    if count := len(waiting.replies):
        words = ngettext("opinion of ours has a reply", "opinions of ours have replies", count)
        label = gettext("Say whether it is settled")
        yield Task(count, words, *_sheet_task(waiting.replies, label, several))
    if count := len(waiting.unreplied):
        words = ngettext("opinion has no reply yet", "opinions have no reply yet", count)
        url = sole_url(f"{several}?reply=wanting", "opinions:round", *set(waiting.unreplied))
        yield Task(count, words, "", NextAct(gettext("Say what became of it"), url))


def _sheet_task(sheets: Sequence[WaitingSheet], label: str, several: str) -> tuple[str, NextAct]:
    """Who asked, and the way to the only sheet, or to all of them."""
    askers = " · ".join(row.asker for row in sheets[:NAMED])
    only = len(sheets) == 1
    url = reverse("opinions:sheet", args=[sheets[0].token]) if only else several
    return askers, NextAct(label, url)


def waiting_together(day: UnitDay) -> list[Task]:
    """What of the work with its community, and of honours, waits for a unit."""
    return [
        *_list_claims(day.list_claims),
        *_agreements(day.agreements),
        *_opinions(day.opinions),
        *_honours(day.honours),
    ]


def _honours(duties: HonourDuties) -> Iterator[Task]:
    """Objections to answer and votes to give, what ends first before the others; words that the
    records overtook."""
    if rows := duties.objections:
        words = ngettext(
            "objection to a list of honours waits for an answer",
            "objections to lists of honours wait for an answer",
            len(rows),
        )
        url = sole_url(reverse("honours:list"), "honours:objection", *(row.pk for row in rows))
        detail = _until(title_of(rows[0].proposal.round), rows[0].due_on)
        yield Task(len(rows), words, detail, NextAct(gettext("Answer"), url), due=True)
    if votes := duties.votes:
        words = ngettext("vote is asked of you", "votes are asked of you", len(votes))
        several = reverse("honours:public_lists")
        url = sole_url(several, "honours:ballot", *(row.pk for row in votes))
        detail = _until(title_of(votes[0]), votes[0].ballot_until or clock.today())
        yield Task(len(votes), words, detail, NextAct(gettext("Vote"), url), due=True)
    if late := duties.overtaken:
        words = ngettext(
            "signed word of which the records say otherwise now",
            "signed words of which the records say otherwise now",
            len(late),
        )
        several = reverse("honours:round", args=[late[0].round_id]) + "?part=later"
        url = sole_url(several, "honours:proposal", *(row.pk for row in late))
        act = NextAct(gettext("Look and sign anew, or keep it"), url)
        yield Task(len(late), words, title_of(late[0].round), act)


def _until(title: str, day: date) -> str:
    return f"{title} · {gettext('until %(day)s') % {'day': date_format(day)}}"


def _unvisited(pairings: Sequence[WaitingOffer]) -> Iterator[Task]:
    if count := len(pairings):
        words = ngettext(
            "household was not visited in time", "households were not visited in time", count
        )
        act = NextAct(gettext("See who visits"), _of_pairings(pairings, "overdue"))
        yield Task(count, words, _titles(pairings), act, due=True)


def _unpaired(pairings: Sequence[WaitingOffer]) -> Iterator[Task]:
    if count := len(pairings):
        words = ngettext(
            "household that nobody stands by", "households that nobody stands by", count
        )
        act = NextAct(gettext("Ask who could help"), _of_pairings(pairings, "open"))
        yield Task(count, words, _titles(pairings), act, pressing=False)


def _vacant(contacts: Sequence[WaitingOffer]) -> Iterator[Task]:
    if count := len(contacts):
        words = ngettext(
            "contact point whose cadre left or retired",
            "contact points whose cadres left or retired",
            count,
        )
        several = f"{reverse('visits:contacts')}?state=vacant"
        url = sole_url(several, "visits:point", *(row.offer_id for row in contacts))
        act = NextAct(gettext("See who takes over"), url)
        yield Task(count, words, _titles(contacts), act, pressing=False)


def _undecided(series: Sequence[WaitingOffer]) -> Iterator[Task]:
    if count := len(series):
        words = ngettext(
            "series of which a date falls on a holiday",
            "series of which dates fall on holidays",
            count,
        )
        url = sole_url(reverse("series:list"), "series:one", *(row.offer_id for row in series))
        act = NextAct(gettext("Say whether it takes place"), url)
        yield Task(count, words, _titles(series), act, pressing=False)


def _of_pairings(pairings: Sequence[WaitingOffer], stage: str) -> str:
    several = f"{reverse('pairings:list')}?stage={stage}"
    return sole_url(several, "pairings:pairing", *(row.offer_id for row in pairings))


def _titles(offers: Sequence[WaitingOffer]) -> str:
    return " · ".join(row.title for row in offers[:NAMED])


def _exits(exits: Sequence[WaitingClaim]) -> Iterator[Task]:
    if exits:
        words = ngettext("person asks to leave", "persons ask to leave", len(exits))
        lines = [f"{row.title}（{row.reason}）" for row in exits[:NAMED]]
        url = reverse("agenda:exits")
        yield Task(len(exits), words, " · ".join(lines), NextAct(gettext("Look at them"), url))


def _statements(waiting: StatementCount) -> Iterator[Task]:
    if waiting.count:
        yield Task(
            waiting.count,
            ngettext(
                "service stated by a member to be confirmed",
                "services stated by members to be confirmed",
                waiting.count,
            ),
            gettext("%(length)s in all") % {"length": time_words(waiting.minutes)},
            NextAct(gettext("Confirm them"), reverse("statements:statements")),
        )


def _rolls(rolls: Sequence[RollToRecord]) -> Iterator[Task]:
    for roll in rolls:
        act = NextAct(gettext("Record who came"), reverse("attendance:roll", args=[roll.offer_id]))
        if roll.taken:
            words = gettext("to be recorded: %(title)s")
            lead = gettext("Everybody is ticked already; untick who did not come.")
        else:
            words = gettext("activity that nobody claimed is to be recorded: %(title)s")
            lead = gettext("Who came is added by name; cancel it if it did not take place.")
        yield Task(roll.taken or 1, words % {"title": roll.title}, lead, act)


def _disputes(waiting: DisputeCount, sole: UUID | None) -> Iterator[Task]:
    if waiting.first_on:
        url = sole_url(reverse("statements:disputes"), "statements:answer_dispute", sole)
        yield Task(
            waiting.count,
            ngettext("objection to a record", "objections to records", waiting.count),
            gettext("to be answered by %(day)s") % {"day": date_format(waiting.first_on)},
            NextAct(gettext("Answer"), url),
            due=True,
        )


def _to_screen(count: int, sole: UUID | None) -> Iterator[Task]:
    if count:
        words = ngettext("need to be screened", "needs to be screened", count)
        url = sole_url(f"{reverse('needs:board')}?step=screen", "needs:need", sole)
        yield Task(count, words, "", NextAct(gettext("Screen"), url))


def _short(short: Sequence[WaitingOffer]) -> Iterator[Task]:
    if count := len(short):
        words = ngettext("offer that lacks people", "offers that lack people", count)
        several = f"{reverse('offers:list')}?lacks=yes"
        url = sole_url(several, "offers:offer", *(row.offer_id for row in short))
        act = NextAct(gettext("View"), url)
        yield Task(count, words, _titles(short), act, pressing=False)


def _unplaced(unplaced: int) -> Iterator[Task]:
    if unplaced:
        yield Task(
            unplaced,
            ngettext(
                "member is in no grid and no team yet",
                "members are in no grid and no team yet",
                unplaced,
            ),
            gettext("When convenient; nothing depends on it."),
            NextAct(gettext("Place them"), f"{reverse('registration:members')}?placed=no"),
            pressing=False,
        )
