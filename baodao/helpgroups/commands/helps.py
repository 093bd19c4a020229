"""Help of a group: stated by who gave it; groups reminded of the visits that are due."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from baodao.helpgroups.models import GroupHelp, GroupReminder
from baodao.helpgroups.queries.groups import (
    aides_now,
    own_aides,
    own_stand,
    stands_now,
    with_due,
)
from baodao.helpgroups.queries.helps import SOON
from baodao.helpgroups.rules.groups import HelpWords, help_text
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent
from baodao.ledger.rules.records import Entry, Way
from baodao.notices.commands.notices import Message, announce
from baodao.offers.rules.offers import SEALED, check_nameless
from baodao.orgs.queries.tree import standing_of
from baodao.pairings.rules.pairings import VisitFacts, check_visit
from baodao.people.queries.members import lock_persons
from baodao.residents.queries.entries import household_names
from baodao.statements.commands.statements import state_to
from baodao.statements.models import Statement

CATEGORY = "relief"
"""扶贫帮困: the kind of service of which the help of groups is."""


@dataclass(frozen=True)
class HelpFacts:
    """What was done on which day, for how long without travel, and what is written beside it."""

    kind: str
    on: date
    minutes: int
    words: str = ""


@command
def state_help(actor: Actor, *, stand_id: UUID, help_given: HelpFacts) -> Statement:
    """State what the actor did for a household of a group of theirs; the community confirms it, and
    it is a service record then. What would tell where they live is not kept with it."""
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    stand = own_stand(actor, stand_id)
    aide = own_aides(actor).filter(group=stand.group_id).first()
    if aide is None:
        raise Absent("household")
    with translation.override("zh-hans"):
        kinds = [(one.value, gettext(one.words)) for one in HelpWords]
        result = help_text(help_given.kind, help_given.words, kinds)
    begun = [clock.local(at).date() for at in (aide.joined_at, stand.taken_at)]
    facts = VisitFacts(help_given.on, help_given.minutes, result)
    check_visit(facts, begun, clock.today())
    check_nameless([result], household_names(stand.household_id), SEALED)
    service = Entry(
        person_id=actor.person_id,
        served_on=facts.on,
        minutes=facts.minutes,
        category=CATEGORY,
        way=Way.PAIRING,
        result=result,
    )
    statement = state_to(actor, standing_of(stand.group.community), service)
    GroupHelp.objects.create(statement=statement, stand_id=stand.pk)
    return statement


@command
def tell_aides(actor: Actor, *, stand_id: UUID) -> int:  # noqa: ARG001 - the worker, for everybody
    """Remind the members of a group of the visit that is due to a household, once of each; how many
    are told. Who turned reminders off or had enough of them is not."""
    rows = stands_now().filter(pk=stand_id).select_related(None).select_related("group")
    stand = with_due(rows).filter(due_on__lte=clock.today() + SOON).first()
    if stand is None:
        return 0
    people = aides_now().filter(group=stand.group_id, person__isnull=False)
    persons = sorted(set(people.values_list("person", flat=True)))
    lock_persons(persons)
    reminder, fresh = GroupReminder.objects.get_or_create(stand_id=stand.pk, due_on=stand.due_on)
    if not fresh:
        return 0
    facts = {
        "title": stand.title,
        "group": stand.group.name,
        "day": month_day(stand.due_on, clock.today()),
    }
    messages = [
        Message("help-group-due", person_id=one, about=reminder.pk, facts=facts) for one in persons
    ]
    return len(announce(messages))
