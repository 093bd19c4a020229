"""Measures for a household: planned, done, dropped."""

from datetime import date
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.residents.commands.files import locked_file
from baodao.residents.models import HouseholdFile, SupportMeasure
from baodao.residents.queries.files import measure_in
from baodao.residents.rules.entries import check_free_words
from baodao.residents.rules.households import (
    MeasureFacts,
    MeasureKind,
    check_measure,
    check_measure_open,
)


@command
def plan_measure(actor: Actor, *, file_id: UUID, measure: MeasureFacts) -> SupportMeasure:
    """Write down what is to be done for a household, by whom and until when."""
    file = locked_file(actor, file_id, Permission.HOUSEHOLD_EDIT)
    check_measure(measure, clock.today())
    check_free_words(measure.text, measure.doer)
    row = SupportMeasure(
        file=file,
        kind=measure.kind,
        due_on=measure.due_on,
        doer=measure.doer.strip(),
        proposed=measure.proposed,
        planned_by=actor.name,
    )
    row.text = measure.text.strip()
    row.save(force_insert=True)
    facts: dict[str, journal.Fact] = {"number": file.number, "kind": MeasureKind(row.kind).words}
    journal.write(actor, "household.measure-planned", file.pk, file.community_id, **facts)
    return row


@command
def note_measure(actor: Actor, *, measure_id: UUID, done_on: date, outcome: str) -> SupportMeasure:
    """Write down that a measure was done, and what came of it."""
    return close_done(actor, _locked(actor, measure_id), done_on, outcome)


def close_done(actor: Actor, row: SupportMeasure, done_on: date, outcome: str) -> SupportMeasure:
    """End a measure, locked and open, as done on a day; also for who does it."""
    if not clock.local(row.planned_at).date() <= done_on <= clock.today():
        raise Refused(
            "household.done-on",
            gettext_noop("Choose a day from the one on which it was planned until today."),
        )
    if not outcome.strip():
        raise Refused("household.outcome", gettext_noop("Say in a few words what was done."))
    check_free_words(outcome)
    row.done_on, row.outcome = done_on, outcome.strip()
    _end(actor, row, "household.measure-done")
    return row


@command
def drop_measure(actor: Actor, *, measure_id: UUID, reason: str) -> SupportMeasure:
    """Let go a measure that is not to be done any more; why is kept sealed with it."""
    why = check_reason(reason)
    check_free_words(why)
    row = _locked(actor, measure_id)
    row.outcome = why
    _end(actor, row, "household.measure-dropped")
    return row


def _locked(actor: Actor, measure_id: UUID) -> SupportMeasure:
    file_id = measure_in(actor, measure_id).file_id
    return open_measure(locked_file(actor, file_id, Permission.HOUSEHOLD_EDIT), measure_id)


def open_measure(file: HouseholdFile, measure_id: UUID) -> SupportMeasure:
    """A measure of a locked file, locked too; refused where it is over."""
    row = lock(SupportMeasure.objects.filter(file=file), measure_id)
    check_measure_open(row.ended_at, row.done_on)
    row.file = file
    return row


def _end(actor: Actor, row: SupportMeasure, verb: str) -> None:
    row.ended_at, row.ended_by = clock.now(), actor.name
    row.save()
    facts: dict[str, journal.Fact] = {
        "number": row.file.number,
        "kind": MeasureKind(row.kind).words,
    }
    journal.write(actor, verb, row.file_id, row.file.community_id, **facts)
