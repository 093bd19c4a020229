"""What a journey does in the running city by commands, so that the browser need only look.

`City.done` calls a function of this module in a process of its own, with the city's settings;
what it returns goes back as JSON.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db.models import QuerySet
from django.test import Client
from procrastinate.contrib.django import app

from baodao.accounts.commands.accounts import account_for
from baodao.accounts.commands.switches import confirm_switch, propose_switch
from baodao.accounts.models import Account
from baodao.accounts.queries import actor_of, operator
from baodao.accounts.rules import REQUIRED_CHECK_IN
from baodao.adoptions.tasks import evaluate_all
from baodao.allocation.commands.answers import accept_for_oneself, issue_agreed
from baodao.allocation.models import AllocationLine
from baodao.appraisal.models import FeedbackCard
from baodao.attendance.commands.check_ins import check_in
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.attendance.queries.check_ins import code_now
from baodao.attendance.queries.rolls import roll_of
from baodao.attendance.rules.check_ins import CheckSide
from baodao.claims.commands.claims import claim
from baodao.claims.queries.seats import held_seats
from baodao.documents.models import Issue
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.kernel.errors import Refused
from baodao.kernel.jobs import daily_work
from baodao.ledger.commands.records import append
from baodao.ledger.models import ServiceRecord
from baodao.offers.commands.offers import draft, publish
from baodao.offers.kinds.registry import kind_of
from baodao.offers.models import Offer
from baodao.offers.rules.offers import OfferFacts
from baodao.orgs.commands.organisations import create
from baodao.orgs.commands.reorganisations import reorganise
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.transfers import accept_transfer, propose_transfer
from baodao.people.models import Membership
from baodao.policies.commands.texts import save_policy
from baodao.registration.commands.arrivals import accept
from baodao.registration.commands.letters import issue_letters
from baodao.registration.commands.presentations import present_group
from baodao.registration.models import Registration
from baodao.statements.commands.sheets import issue_sheet
from tests import factories
from tests.callups.crowd import answered, copied
from tests.journeys.quarters import night_of_deletion, thirty_households  # noqa: F401 asked by name
from tests.ledger.steps import ON_THE_LIST, entry

BASIS = "区划调整，街道文件〔2026〕8 号"
A_DAY = timedelta(days=1)


def session(name: str) -> str:
    """A session of somebody who works there, for the browser's cookie."""
    client = Client()
    client.force_login(Account.objects.get(name=name))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def supervisor(place: str) -> str:
    """A session of somebody who reads the figures of this place, and of no other."""
    there = Organisation.objects.get(name=place)
    name = f"{place}的督导"
    if not Account.objects.filter(name=name).exists():
        factories.account(name, Role.SUPERVISOR, there, username=f"supervisor{there.code}")
    return session(name)


def next_day() -> str:
    """The address at which the same city is seen a day later, after the work of a night."""
    for work in daily_work():
        with clock.at(work.due(clock.now()) + A_DAY):
            app.tasks[work.task](timestamp=int(clock.now().timestamp()))
    server = make_server("127.0.0.1", 0, _a_day_later, _Server, _Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://localhost:{server.server_port}"


def on_next_day(act: str, *given: str) -> Any:
    """What another function of this module returns when it is a day later."""
    with clock.at(clock.now() + A_DAY):
        return globals()[act](*given)


def papers(community: str, worker: str) -> tuple[str, Mapping[str, Mapping[str, str]]]:
    """A member who has all of the four papers, the sheet issued now, and where each paper is
    printed and verified."""
    place = Organisation.objects.get(name=community)
    card = FeedbackCard.objects.filter(community=place, state="signed", minutes__gt=0).first()
    assert card is not None, f"{community} has signed no card"
    registration = Registration.objects.get(person=card.person_id, state="accepted")
    year = date(clock.today().year, 1, 1)
    sheet = issue_sheet(
        _actor(worker),
        community_id=place.pk,
        person_id=card.person_id,
        since=year,
        until=clock.today(),
    )
    printed = f"/registrations/{registration.pk}"
    return str(card.person_id), {
        "letter": _paper(registration.letter_id, f"{printed}/introduction-letter.html"),
        "receipt": _paper(registration.pk, f"{printed}/receipt.html", "receipt"),
        "card": _paper(card.pk, f"/feedback/{card.pk}/card.html"),
        "sheet": _paper(sheet.pk, f"/records/sheets/{sheet.pk}.html"),
    }


def letters(unit: str, *names: str) -> list[str]:
    """Where the accepted letters of these members of a unit are printed."""
    rows = Registration.objects.filter(branch__parent__name=unit, person__name__in=names)
    found = {row.person.name: row.pk for row in rows.select_related("person")}
    return [f"/registrations/{found[name]}/introduction-letter.html" for name in names]


def members(unit: str) -> Mapping[str, str]:
    """Name → id of the present members of a unit."""
    rows = _members(unit).select_related("person")
    return {row.person.name: str(row.person_id) for row in rows}


def minutes(unit: str) -> Mapping[str, int]:
    """Name → what stands recorded of each present member of a unit who served."""
    served: dict[str, int] = {}
    people = _members(unit).values("person")
    for record in ServiceRecord.objects.filter(person__in=people).select_related("person"):
        served[record.person.name] = served.get(record.person.name, 0) + record.minutes
    return served


def moved(community: str, street: str) -> None:
    """A community goes to another street."""
    parent = Organisation.objects.get(name=street)
    _reorganised(community, Aim(Reform.MOVED, parent_id=parent.pk))


def renamed(organisation: str, name: str) -> None:
    """A community or unit gets another name."""
    _reorganised(organisation, Aim(Reform.RENAMED, name=name))


def all_transferred(unit: str, clerk: str, heir: str, receiver: str) -> int:
    """Everybody left in a unit goes to another one's first branch, as of yesterday. How many."""
    target = Organisation.objects.get(name=heir)
    branch = below(target, Kind.BRANCH).order_by("pk")[0]
    people = list(_members(unit).values_list("person", flat=True))
    for person in people:
        _transferred(_actor(clerk), _actor(receiver), person, branch)
    return len(people)


def another_number() -> str:
    """An identity number that nobody in the city has."""
    return factories.id_number()


def _transferred(giver: Actor, taker: Actor, person: UUID, branch: Organisation) -> None:
    assert branch.parent_id is not None
    on = clock.today() - timedelta(days=1)
    row = propose_transfer(giver, person_id=person, unit_id=branch.parent_id, on=on)
    accept_transfer(taker, transfer_id=row.pk, branch_id=branch.pk)


def _reorganised(name: str, aim: Aim) -> None:
    place = Organisation.objects.get(name=name)
    reorganise(operator(), organisation_id=place.pk, aim=aim, reason=BASIS)


def _paper(about: UUID, printed: str, form: str = "") -> Mapping[str, str]:
    rows = Issue.objects.filter(about=about, revoked_at=None)
    issue = rows.filter(form=form).get() if form else rows.get()
    return {"printed": printed, "verified": f"/v/{issue.token}/"}


def _members(unit: str) -> QuerySet[Membership]:
    return Membership.objects.filter(branch__parent__name=unit, closed_at=None)


def _actor(name: str) -> Actor:
    return actor_of(Account.objects.get(name=name))


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """Say nothing."""


_pages = get_wsgi_application()


def _a_day_later(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    with clock.at(clock.now() + A_DAY):
        answer = _pages(environ, start_response)
        try:
            return list(answer)
        finally:
            answer.close()


def activity_of_twenty(title: str, hours_ago: int) -> str:
    """An activity of two hours in 柳荫社区 which began so long ago, with twenty who claimed it."""
    worker = actor_of(Account.objects.get(username="anjing"))
    community = Organisation.objects.get(name="柳荫社区")
    starts_at = clock.now() - timedelta(hours=hours_ago)
    facts = OfferFacts(
        kind=kind_of("activity"),
        title=title,
        category="environment",
        places=20,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )
    with clock.at(starts_at - A_DAY):
        offer = draft(worker, community_id=community.pk, facts=facts)
        publish(worker, offer_id=offer.pk)
        people = Registration.objects.filter(community=community, state="accepted")
        for person in people.order_by("person__number").values_list("person", flat=True):
            if held_seats().filter(claim__offer=offer).count() < facts.places:
                with suppress(Refused):
                    claim(Actor(None, person, "本人"), offer_id=offer.pk)
    return str(offer.pk)


def roll_of_twenty(offer_id: str) -> None:
    """Everybody on the list of an activity is recorded, as on its page when nobody is unticked."""
    offer = Offer.objects.get(pk=offer_id)
    came = [seat.person_id for seat in roll_of(offer).expected]
    worker = actor_of(Account.objects.get(username="anjing"))
    record_roll(worker, offer_id=offer.pk, turnout=Turnout(came, 120))


def service_of(unit: str, community: str) -> None:
    """One service today of a member of this unit, in the community that has received them."""
    members = _members(unit).values("person")
    here = Registration.objects.filter(community__name=community, state="accepted")
    row = here.filter(person__in=members).order_by("person__number")[0]
    service = entry(row.person_id, served_on=clock.today())
    append(operator(), entries={row.community: [service]}, confirmed=ON_THE_LIST)


def member_received(unit: str, community: str) -> str:
    """A session of a member of this unit whom a community has received."""
    members = _members(unit).values("person")
    here = Registration.objects.filter(community__name=community, state="accepted")
    row = here.filter(person__in=members).order_by("person__number")[0]
    scope = Organisation.objects.get(name=unit)
    account = account_for(operator(), person=row.person, scope_id=scope.pk)
    client = Client()
    client.force_login(account)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def records_of(offer_id: str) -> list[list[Any]]:
    """Whose service of an activity is recorded: number, minutes, origin and way."""
    rows = ServiceRecord.objects.filter(offer_id=offer_id).order_by("person__number")
    return [list(row) for row in rows.values_list("person__number", "minutes", "origin", "way")]


def agreed_and_received() -> int:
    """How many of those whom the eastern district invited agree, get their letter there and are
    received."""
    everybody = operator()
    invited = AllocationLine.objects.filter(state="invited", person__isnull=False)
    rows = list(invited.filter(allocation__authority__name="东岸区"))
    for row in rows:
        accept_for_oneself(Actor(None, row.person_id, row.name), line_id=row.pk)
    issued = issue_agreed(everybody, line_ids=[row.pk for row in rows]).done
    present_group(everybody, registration_ids=[one.pk for one in issued])
    return len(accept(everybody, registration_ids=[one.pk for one in issued]).done)


def flood_crowd(community: str, unit: str, people: int) -> list[str]:
    """So many members of a unit who are registered since yesterday in a community where nobody else
    is, by copies of one; sessions of who works there and of that one."""
    everybody, here = operator(), Organisation.objects.get(name=community)
    with clock.at(clock.now() - A_DAY):
        above = Organisation.objects.get(name=unit)
        branch = create(everybody, kind=Kind.BRANCH, name="抢修党支部", parent_id=above.pk)
        person = factories.member("巡堤员甲", branch, home_community=here)
        account = account_for(everybody, person=person, scope_id=above.pk)
        [one] = issue_letters(everybody, person_ids=[person.pk], community_id=here.pk).done
        present_group(everybody, registration_ids=[one.pk])
        accept(everybody, registration_ids=[one.pk])
        copied(person.pk, people - 1)
    worker = Account.objects.get(grants__organisation=here, grants__role=Role.COMMUNITY_WORKER)
    return [session(worker.name), session(account.name)]


def most_answer(call_id: str, able: int) -> None:
    """So many of those who were called up, and have not answered, can come, and a third as many
    cannot."""
    answered(UUID(call_id), able)


def require_check_in(community: str) -> None:
    """One administrator proposes the switch of the community for a week, another turns it on."""
    proposing, confirming = (
        actor_of(Account.objects.filter(grants__role=role).order_by("pk")[0])
        for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
    )
    proposed = propose_switch(
        proposing,
        key=REQUIRED_CHECK_IN,
        organisation_id=Organisation.objects.get(name=community).pk,
        basis=BASIS,
        approver="王书记",
        ends_on=clock.today() + timedelta(days=7),
    )
    confirm_switch(confirming, switch_id=proposed.pk)


def shift_over(call_id: str, came: str) -> str:
    """The only shift of a call-up was over an hour ago, and one of its members checked in there;
    its id."""
    offer = Offer.objects.get(call_post__call=call_id)
    offer.starts_at, offer.ends_at = (clock.now() - timedelta(hours=n) for n in (3, 1))
    offer.save(update_fields=["starts_at", "ends_at"])
    member = actor_of(Account.objects.get(name=came))
    with clock.at(offer.starts_at):
        check_in(member, code=code_now(offer), side=CheckSide.ARRIVAL)
    return str(offer.pk)


def night_of_policies() -> None:
    """What the worker does at night of adopted policies, as of yesterday."""
    evaluate_all()


def policy_of_unit(username: str, text: str) -> str:
    """A policy that somebody wrote for the organisation on which their role holds; its version."""
    grant = Account.objects.get(username=username).grants.get()
    actor = actor_of(grant.account)
    version = save_policy(actor, organisation_id=grant.organisation_id, text=text)
    return str(version.pk)
