"""Every published paper, after a year of random history with reorganisations, is what it was."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import QuerySet

from baodao.documents.catalogue import form_of
from baodao.documents.catalogue import papers as papers_of_catalogue
from baodao.documents.commands import Paper, keep_papers
from baodao.documents.files import render
from baodao.documents.formats import Format
from baodao.documents.models import Issue
from baodao.documents.rules import digest_of, item_of
from baodao.figures.rules.sheets import StatSheet
from baodao.inquiries.queries.requests import receivers_below
from baodao.insight.commands.tables import issue_table
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf, year_of
from baodao.kernel.spans import PeriodSpan, due_period
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.reports.commands.drafts import draft_again
from baodao.reports.models import Report
from baodao.reports.queries.figures import part_texts
from baodao.reports.queries.reports import out_reports
from baodao.reports.rules.plans import PLANS, ReportKind
from baodao.reporttables.commands.own import add_own_table, edit_own_table
from baodao.reporttables.commands.tables import issue_report_table
from baodao.reporttables.queries.open_totals import open_totals
from baodao.reporttables.queries.own import metric_words
from baodao.reporttables.queries.tables import declared_for, report_table
from baodao.reporttables.rules.catalogue import BY_CODE
from baodao.reporttables.rules.declarations import RowsOf
from baodao.reporttables.rules.formulas import read_formula
from baodao.reporttables.rules.own import OwnColumn, OwnDefinition, OwnRows
from baodao.reporttables.rules.papers import OWN
from tests.documents.facts import facts
from tests.figures.deeds import MORE_DEEDS
from tests.figures.histories import CLERK, History, begin
from tests.figures.services import tally_all
from tests.inquiries.test_requests import answered, asked, line, street
from tests.orgs.test_reorganisations import done
from tests.reports.steps import drawn_by, partnered, submitted
from tests.world import World

QUARTERS = [(2026, 7), (2026, 10), (2027, 1), (2027, 4)]
REPORTS = [
    ("dai", "bureau", ReportKind.SUMMARY),
    ("an", "willow", ReportKind.FEEDBACK),
    ("lu", "willow_street", ReportKind.QUARTERLY),
]
Sheet = dict[str, object]


def test_every_paper_of_a_year_is_printed_as_it_was(world: World) -> None:
    street(world)
    history = begin(world, 11, people=14)
    partnered(world)
    papers: dict[UUID, Sheet] = {}
    reports: dict[UUID, Sheet] = {}
    totals: dict[tuple[str, AsOf], Sheet] = {}
    for number, (year, month) in enumerate(QUARTERS):
        history.tell(30, MORE_DEEDS)
        history.now = datetime(year, month, 12, 9, tzinfo=clock.ZONE)
        with clock.at(history.now):
            tally_all()
            totals |= dict(_published(world, number))
            papers |= {row.pk: _print(row) for row in Issue.objects.exclude(pk__in=papers)}
            reports |= {row.pk: _say(row) for row in _submitted().exclude(pk__in=reports)}
            _reform(history, number)
    forms = {str(sheet["form"]) for sheet in papers.values()}
    assert {OWN.code, "work-summary", "community-feedback", "request-answer"} <= forms
    assert forms == {form.code for form in papers_of_catalogue()}, "every kind of paper"
    assert Report.objects.filter(version__gt=1).exists(), "newer versions came, too"
    with clock.at(history.now.replace(month=12)):
        changed = [key for key, sheet in papers.items() if _print(_issue(key)) != sheet]
        assert [papers[key]["form"] for key in changed] == []
        assert {row.pk: _say(row) for row in _submitted()} == reports
        for (table, as_of), content in totals.items():
            assert _totals(world, table, as_of) == content, (table, as_of)


def _published(world: World, number: int) -> Iterator[tuple[tuple[str, AsOf], Sheet]]:
    """Everything that can be published, of the places of the year, with the open figures of the
    tables of the catalogue: those of an own table are always of its present version."""
    for place in world.places.values():
        place.refresh_from_db()
    _own_table(world, number)
    as_of = AsOf(clock.now())
    for place in (world.east, world.willow_street, world.willow, world.bureau):
        for one in declared_for(CLERK, place):
            issue_report_table(
                CLERK, code=place.code, table_code=one.code, as_of=as_of, period=year_of(as_of)
            )
            if place == world.east and one.code in BY_CODE and one.rows is RowsOf.BELOW:
                yield (one.code, as_of), _totals(world, one.code, as_of)
    for who, key, kind in REPORTS:
        _report(world, who, world.places[key], kind)
    _ask(world, number)
    for sheet in StatSheet:
        issue_table(CLERK, code=world.east.code, as_of=as_of, sheet=sheet)
    if number == 0:
        keep_papers(_others(world))


def _others(world: World) -> Iterator[Paper]:
    """One paper of the bureau of each kind that nobody published by then."""
    published, bureau = set(Issue.objects.values_list("form", flat=True)), world.bureau
    for form in papers_of_catalogue():
        if form.code not in published:
            year, about = clock.today().year, uuid4()
            yield Paper(form.code, bureau.pk, bureau.name, year, 1, about, facts=facts(form))


def _own_table(world: World, number: int) -> None:
    """The district's own table, in another version each quarter."""
    columns = ["在职党员数", "服务人次", "已报到党员数", "征集需求"][: number + 1]
    words = metric_words()
    built = tuple(OwnColumn("", one, read_formula(one, words)) for one in columns)
    definition = OwnDefinition("区级季报", OwnRows.ALL, built, "")
    own = [one for one in declared_for(CLERK, world.east) if one.title == "区级季报"]
    if own:
        edit_own_table(CLERK, table_id=UUID(own[0].code), definition=definition)
    else:
        add_own_table(CLERK, organisation_id=world.east.pk, definition=definition)


def _report(world: World, who: str, writer: Organisation, kind: ReportKind) -> None:
    period = due_period(PLANS[kind].span, clock.today()).text
    try:
        report = drawn_by(world, who, writer, kind)
    except Refused:
        before = out_reports(writer, kind, period).get()
        report = draft_again(world.actor(who), report_id=before.pk)
    if any(part_texts(report).values()):
        submitted(world, who, report)


def _ask(world: World, number: int) -> None:
    """The district asks who is below it now; all of them answer."""
    clerks = {"bureau": "dai", "willow": "an", "willow_street": "lu"}
    below = receivers_below(world.east)
    here = {key: who for key, who in clerks.items() if world.places[key] in below}
    receivers = [world.places[key] for key in here]
    if receivers:
        period = due_period(PeriodSpan.QUARTER, clock.today())
        request = asked(world, *receivers, title=f"第{number + 1}次摸底", period=period)
        for key, who in here.items():
            answered(world, who, line(request, world.places[key]))


def _reform(history: History, number: int) -> None:
    """After each quarter something is reorganised."""
    world = history.world
    key, aim = [
        ("bridge", Aim(Reform.MERGED, successor_id=world.willow.pk)),
        ("bureau", Aim(Reform.MOVED, parent_id=world.west.pk)),
        ("willow_street", Aim(Reform.MOVED, parent_id=world.west.pk)),
        ("willow", Aim(Reform.RENAMED, name="柳荫新社区")),
    ][number]
    done(world, world.places[key], aim)
    if aim.reform is Reform.MERGED:
        del world.places[key]


def _submitted() -> QuerySet[Report]:
    return Report.objects.exclude(submitted_at=None).order_by("pk")


def _say(report: Report) -> Sheet:
    """What a report or an answer says on its page."""
    return {"parts": part_texts(report), "figures": report.figures, "answers": report.answers}


def _issue(key: UUID) -> Issue:
    return Issue.objects.get(pk=key)


def _print(issue: Issue) -> Sheet:
    """What a paper says, and its page; what a second hand filled in later is told beside it."""
    assert digest_of(issue.facts) == bytes(issue.digest)
    item, page_of = item_of(issue.facts, ""), Format.PAGE in form_of(issue.form).formats
    with clock.at(issue.issued_at):  # a file says when it was printed
        page = render(issue.form, [item], Format.PAGE if page_of else Format.PDF).content
    return {"form": issue.form, "number": issue.number, "unit": issue.unit, "page": page}


def _totals(world: World, table: str, as_of: AsOf) -> Sheet:
    return open_totals(report_table(CLERK, world.east.code, table, as_of, year_of(as_of)))
