"""Measures for households with who does them: planned, taken from a proposal, told when due."""

from dataclasses import replace
from uuid import UUID

from baodao.helpgroups.commands.helps import CATEGORY
from baodao.helpgroups.models import GroupHelp, MeasureDoer
from baodao.helpgroups.queries.groups import open_groups, stand_of
from baodao.helpgroups.queries.measures import (
    doer_choices,
    open_doers,
    own_measure,
    people_of,
    unit_measure,
)
from baodao.helpgroups.rules.doers import DeedFacts, DoerFacts, check_doer
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.ledger.rules.records import Entry, Way
from baodao.notices.commands.notices import Message, announce
from baodao.offers.rules.offers import SEALED, check_nameless
from baodao.orgs.queries.tree import standing_of
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Person
from baodao.people.queries.members import lock_persons, locked_persons
from baodao.residents.commands.measures import close_done, open_measure, plan_measure
from baodao.residents.models import HouseholdFile, SupportMeasure
from baodao.residents.queries.entries import household_names
from baodao.residents.queries.files import check_on, filed_household, kept_files, proposals_for
from baodao.residents.rules.households import DOER, MeasureFacts, MeasureKind
from baodao.residents.rules.proposals import GROUP_WORDS
from baodao.statements.commands.statements import state_to
from baodao.visits.queries.cadres import cadres_for


@command
def plan_with_doer(
    actor: Actor, *, file_id: UUID, measure: MeasureFacts, doer: DoerFacts
) -> SupportMeasure:
    """Write down what is to be done for a household, by whom and until when. Who is known here sees
    it on their first page, and is told when it is due; of the household they read its number."""
    check_doer(doer, measure.doer)
    if not doer.is_known:
        return plan_measure(actor, file_id=file_id, measure=measure)
    persons = locked_persons([doer.person_id]) if doer.person_id else []
    name = _name_of(actor, filed_household(actor, file_id), doer, persons)
    row = plan_measure(actor, file_id=file_id, measure=replace(measure, doer=name[:DOER]))
    MeasureDoer.objects.create(
        measure=row,
        person_id=doer.person_id,
        group_id=doer.group_id,
        organisation_id=doer.organisation_id,
    )
    return row


def _name_of(actor: Actor, file: HouseholdFile, doer: DoerFacts, persons: list[Person]) -> str:
    """What who does it is called; raises `Absent` for whoever cannot be chosen there."""
    if doer.person_id is not None:
        rows = cadres_for(actor, standing_of(file.community)).filter(person=doer.person_id)
        if not persons or not rows.exists():
            raise Absent("member")
        return persons[0].name
    names = dict(doer_choices(actor, file))
    code = f"group-{doer.group_id}" if doer.group_id else f"organisation-{doer.organisation_id}"
    if code not in names:
        raise Absent("doer")
    return names[code]


@command
def plan_proposed(actor: Actor, *, file_id: UUID, line: str) -> SupportMeasure:
    """Plan a measure that the authority proposes for the grade of a household, as it says; where
    that is the help group, the one that stands by the household does it."""
    file = filed_household(actor, file_id)
    one = next((row for row in proposals_for(file) if row.line == line), None)
    if one is None or one.due_on is None:
        raise Refused("household.no-proposal", gettext_noop("This measure is planned already."))
    facts = MeasureFacts(MeasureKind.OTHER, one.text, one.due_on, one.doer, one.line)
    stand = stand_of(file.entry_id) if one.doer == GROUP_WORDS else None
    if stand is None:
        return plan_measure(actor, file_id=file.pk, measure=facts)
    if not open_groups(actor, standing_of(file.community)).filter(pk=stand.group_id).exists():
        return plan_measure(actor, file_id=file.pk, measure=facts)
    row = plan_measure(actor, file_id=file.pk, measure=replace(facts, doer=stand.group.name))
    MeasureDoer.objects.create(measure=row, group_id=stand.group_id)
    return row


def own_address(doer: MeasureDoer) -> str:
    """Where a member says that their measure is done."""
    return f"/me/help-groups/measures/{doer.pk}/"


def unit_address(doer: MeasureDoer) -> str:
    """Where a unit says that its measure is done."""
    return f"/unit/measures/{doer.pk}/"


@command
def note_own_measure(actor: Actor, *, measure_id: UUID, deed: DeedFacts) -> SupportMeasure:
    """Say, as who does a measure alone, in a group or in a team, that it is done. The time that it
    took is stated to the community beside it and becomes a service record once that confirms it; of
    a group that stands by the household it is a help of theirs too."""
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    doer = own_measure(actor, measure_id)
    row = _finished(actor, doer, deed)
    if not deed.minutes:
        return row
    file = row.file
    check_nameless([deed.words], household_names(file.entry_id), SEALED)
    service = Entry(
        person_id=actor.person_id,
        served_on=deed.on,
        minutes=deed.minutes,
        category=CATEGORY,
        way=Way.PAIRING,
        result=deed.words.strip(),
    )
    statement = state_to(actor, standing_of(file.community), service)
    stand = stand_of(file.entry_id)
    if stand is not None and stand.group_id == doer.group_id:
        GroupHelp.objects.create(statement=statement, stand_id=stand.pk)
    return row


@command
def note_unit_measure(actor: Actor, *, measure_id: UUID, deed: DeedFacts) -> SupportMeasure:
    """Say for a unit that a measure of it is done."""
    return _finished(actor, unit_measure(actor, measure_id), deed)


def _finished(actor: Actor, doer: MeasureDoer, deed: DeedFacts) -> SupportMeasure:
    file = lock(kept_files(), doer.measure.file_id)
    check_on(file.community)
    return close_done(actor, open_measure(file, doer.pk), deed.on, deed.words)


@command
def tell_doer(actor: Actor, *, measure_id: UUID) -> int:  # noqa: ARG001 - the worker, for everybody
    """Tell who does a measure, once, that it is due; how many are told. It names no household but
    its number, and closes by itself once the measure is over."""
    doer = open_doers().filter(pk=measure_id).select_related("organisation").first()
    if doer is None:
        return 0
    persons = people_of(doer)
    lock_persons(persons)
    fresh = MeasureDoer.objects.filter(pk=doer.pk, told_at=None).update(told_at=clock.now())
    if not fresh:
        return 0
    file = doer.measure.file
    facts = {
        "community": standing_of(file.community).name,
        "number": file.number,
        "day": month_day(doer.measure.due_on, clock.today()),
    }
    messages = [
        Message("measure-due", person_id=one, about=doer.pk, url=own_address(doer), facts=facts)
        for one in persons
    ]
    if doer.organisation is not None and doer.organisation.kind == Kind.UNIT:
        unit = doer.organisation_id
        url = unit_address(doer)
        messages = [
            Message("unit-measure-due", organisation_id=unit, about=doer.pk, url=url, facts=facts)
        ]
    return len(announce(messages))
