"""Drawing a report up from figures, and the words that people put in their place."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from baodao.figures.queries.sql import present
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.orgs.queries.tree import check_open
from baodao.reports.models import Report
from baodao.reports.queries.figures import count, part_texts, words_of_figures
from baodao.reports.queries.reports import out_reports, require_writer, written
from baodao.reports.rules.life import (
    OUT,
    REPORT,
    ReportState,
    check_part,
    check_same,
    merge_words,
    tidy,
)
from baodao.reports.rules.periods import check_existed, check_period
from baodao.reports.rules.plans import PLANS, ReportKind
from baodao.sentences.rules.sentences import ReportPart, part_words


@command
def draft_report(actor: Actor, *, writer_id: int, kind: ReportKind, period: str) -> Report:
    """Draw up an organisation's report of a period from its figures of now; the draft that is there
    already stays as it is. Refused once one is submitted: that is followed by a new version."""
    plan = PLANS.get(kind)
    if plan is None:
        raise Absent("kind")
    span = check_period(plan.span, period, clock.today())
    writer = require_writer(actor, plan, writer_id)
    opened_on = clock.local(writer.opened_at).date()
    check_existed(plan.span, span, opened_on, clock.today())
    key = {"writer": writer, "kind": kind, "period_text": span.text}
    draft = Report.objects.filter(**key, state=ReportState.DRAFT).first()
    if draft is not None:
        return draft
    if out_reports(writer, kind, span.text).exists():
        raise Refused(
            "report.there-already",
            gettext_noop(
                "This report is submitted already; open it and draw up a new version of it."
            ),
        )
    return _drawn_up(actor, Report(**key))


def _drawn_up(actor: Actor, report: Report) -> Report:
    """A fresh report with the figures of now."""
    _count(report)
    report.drafted_by = actor.name
    report.save(force_insert=True)
    journal.write(actor, "report.drafted", report.pk, report.writer_id)
    return report


def _count(report: Report) -> None:
    """The figures as of now; own words are kept."""
    report.as_of = present().instant
    count(report)


@command
def write_parts(
    actor: Actor,
    *,
    report_id: UUID,
    words: Mapping[ReportPart, str],
    before: Mapping[ReportPart, str],
) -> Report:
    """Put own words in the place of what figures say in parts of a draft; a part emptied, or put
    back to what they say, says what they say. What another wrote since `before` was seen is not
    overwritten. Need not be taken back: a draft is written anew until it is submitted."""
    report = _draft(actor, report_id)
    texts, figures = part_texts(report), words_of_figures(report)
    for part, typed in words.items():
        kept = check_part(typed)
        check_same(texts[part], before.get(part, texts[part]), kept)
        if kept in ("", tidy(part_words(part, figures[part]))):
            report.parts.pop(part, None)
        elif kept != texts[part] or part in report.parts:
            report.parts[part] = {"text": kept, "base": figures[part], "changes": []}
    if part_texts(report) != texts:
        journal.write(actor, "report.written", report.pk, report.writer_id)
    report.save(update_fields=["parts"])
    return report


@command
def refresh_figures(actor: Actor, *, report_id: UUID) -> Report:
    """Count the figures of a draft anew. Own words stay: sentences that they left as the figures
    said them are put anew, and what the figures say otherwise is told beside the others."""
    report = _draft(actor, report_id)
    _count(report)
    figures = words_of_figures(report)
    for part, own in report.parts.items():
        now = figures[ReportPart(part)]
        text, changes = merge_words(own["text"], own["base"], now)
        report.parts[part] = {
            "text": text,
            "base": now,
            "changes": [asdict(change) for change in changes],
        }
    report.save(update_fields=["as_of", "figures", "names", "cases", "chart", "parts"])
    journal.write(actor, "report.counted", report.pk, report.writer_id)
    return report


@command
def draft_again(actor: Actor, *, report_id: UUID) -> Report:
    """Begin a new version of a submitted or returned report, with its own words and the figures of
    now; the old one holds until the new one is submitted. Refused for a writer that was closed: who
    took over reports of its own."""
    old = lock(written(actor).filter(occasion=None), report_id)
    REPORT.check(old.state, *OUT)
    check_open(old.writer)
    draft = Report.objects.filter(replaces=old).first()
    if draft is not None:
        return draft
    report = _drawn_up(
        actor,
        Report(
            writer=old.writer,
            kind=old.kind,
            period_text=old.period_text,
            version=old.version + 1,
            signer=old.signer,
            replaces=old,
            parts=old.parts,
        ),
    )
    return refresh_figures(actor, report_id=report.pk) if report.parts else report


def _draft(actor: Actor, report_id: UUID) -> Report:
    """A draft that the actor writes, locked."""
    report = lock(written(actor), report_id)
    REPORT.check(report.state, ReportState.DRAFT)
    return report
