"""A metric is one declaration: what is declared is counted, listed, shown, kept and explained."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from baodao.claims.models import Claim
from baodao.documents.catalogue import form_of
from baodao.figures.rules.catalogue import METRICS, columns_of, declare
from baodao.figures.rules.definitions import Measure, Metric, Share
from baodao.figures.rules.figures import instant_of
from baodao.figures.rules.sheets import BRANCHES_UP, COMMUNITIES_UP, LEVELS, PLACES, StatSheet
from baodao.figures.rules.sources import (
    CLAIMS,
    MEMBERS,
    NEEDS,
    SERVICES,
    SERVICES_HERE,
    SOURCES,
)
from baodao.insight.documents import facts
from baodao.insight.queries.numbers import open_number
from baodao.insight.queries.papers import item
from baodao.insight.queries.tables import metrics_for, table
from baodao.insight.rules.sheets import FORMS, NOTES
from baodao.insight.tables.overviews import IN_ALL, IN_PLACES, IN_UNITS
from baodao.kernel.authz import NOBODY, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Way
from baodao.needs.models import NeedStage
from baodao.needs.rules.life import NeedState
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership
from baodao.people.rules.standing import Standing
from baodao.snapshots.commands import take_snapshot
from baodao.snapshots.models import Figure
from baodao.tallies.rules.conditions import Trait
from tests.figures.histories import CLERK, History, begin, below_then
from tests.figures.services import DEEDS, tally_all
from tests.world import World

SlowCount = Callable[[Organisation, datetime], int]

HELPED = Metric(
    "needs_helped",
    NEEDS,
    "Needs being helped, for a trial",
    "帮助中的需求数",
    "Needs that a published offer answered at that instant, for a trial.",
    Trait("state").one_of(NeedState.OPEN),
    columns={StatSheet.SERVICE: COMMUNITIES_UP},
)
FROM_POSTS = Metric(
    "services_from_posts",
    SERVICES_HERE,
    "Services from posts, for a trial",
    "岗位服务人次",
    "Services of the period done on posts, for a trial.",
    Trait("way").one_of(Way.POST),
    columns={StatSheet.SERVICE: COMMUNITIES_UP},
    share=Share("services_here", "Share from posts, for a trial", "岗位服务占比"),
)
POST_MINUTES = replace(
    FROM_POSTS, code="minutes_from_posts", measure=Measure.MINUTES, amount=Trait("minutes")
)
RETIRED = Metric(
    "retired",
    MEMBERS,
    "Retired members, for a trial",
    "退休党员数",
    "Members whose standing is retired, for a trial.",
    Trait("standing").one_of(Standing.RETIRED),
    columns={StatSheet.REGISTRATION: BRANCHES_UP},
)
FIRST_CLAIM = Metric(
    "first_claim",
    CLAIMS,
    "Oldest claim, for a trial",
    "最早认领天数",
    "Since when the oldest claim in force stands, for a trial.",
    measure=Measure.EARLIEST,
    amount=Trait("claimed_at"),
    columns={StatSheet.SERVICE: COMMUNITIES_UP},
)
FIRST_RECORD = Metric(
    "first_record",
    SERVICES,
    "Oldest record, for a trial",
    "最早记录天数",
    "Since when the oldest record of the period stands, for a trial.",
    measure=Measure.EARLIEST,
    amount=Trait("recorded_at"),
    columns={StatSheet.SERVICE: BRANCHES_UP},
)


def _live(rows: object, since: str, until: str, instant: datetime) -> list[object]:
    return [
        row
        for row in rows  # type: ignore[attr-defined]
        if getattr(row, since) < instant
        and (getattr(row, until) is None or getattr(row, until) >= instant)
    ]


def _helped(place: Organisation, instant: datetime) -> int:
    stages = NeedStage.objects.filter(subject__community__in=below_then(place, instant))
    return sum(row.state == "open" for row in _live(stages, "since", "until", instant))  # type: ignore[attr-defined]


def _standing(instant: datetime) -> list[ServiceRecord]:
    known = ServiceRecord.objects.filter(recorded_at__lt=instant)
    rows = list(known.select_related("community", "branch"))
    undone = {row.reverses for row in rows}
    return [
        row
        for row in rows
        if row.served_on.year == 2026 and not row.reverses and row.id not in undone
    ]


def _from_posts(place: Organisation, instant: datetime) -> list[ServiceRecord]:
    return [
        row
        for row in _standing(instant)
        if row.way == "post" and row.community_id in below_then(place, instant)
    ]


def _retired(place: Organisation, instant: datetime) -> int:
    rows = Membership.objects.filter(branch__in=below_then(place, instant), standing="retired")
    return len(_live(rows, "recorded_at", "closed_at", instant))


def _first_claim(place: Organisation, instant: datetime) -> int:
    rows = Claim.objects.filter(community__in=below_then(place, instant))
    claims = [row.claimed_at for row in _live(rows, "claimed_at", "ended_at", instant)]  # type: ignore[attr-defined]
    return round(min(claims).timestamp() * 1_000_000) if claims else 0


def _first_record(place: Organisation, instant: datetime) -> int:
    """By where the branch hung then."""
    times = [
        row.recorded_at for row in _standing(instant) if row.branch_id in below_then(place, instant)
    ]
    return round(min(times).timestamp() * 1_000_000) if times else 0


TRIALS: list[tuple[Metric, SlowCount]] = [
    (HELPED, _helped),
    (FROM_POSTS, lambda place, instant: len(_from_posts(place, instant))),
    (POST_MINUTES, lambda place, instant: sum(r.minutes for r in _from_posts(place, instant))),
    (RETIRED, _retired),
    (FIRST_CLAIM, _first_claim),
    (FIRST_RECORD, _first_record),
]


@pytest.fixture(autouse=True)
def catalogue() -> Iterator[None]:
    """What a test declares is gone after it."""
    before = dict(METRICS)
    yield
    METRICS.clear()
    METRICS.update(before)


@pytest.fixture
def history(world: World) -> History:
    story = begin(world, 41, people=20)
    story.tell(120, DEEDS)
    return story


@pytest.mark.parametrize(("metric", "slow"), TRIALS, ids=[one.code for one, _ in TRIALS])
def test_one_declaration_makes_number_rows_column_snapshot_and_definition(
    history: History, client: Client, metric: Metric, slow: SlowCount
) -> None:
    declare(metric)
    ((sheet, levels),) = metric.columns.items()
    as_of = AsOf(history.now + timedelta(seconds=1))
    client.force_login(history.world.accounts["fan"])
    places = [place for place in history.world.places.values() if place.kind in levels]
    figures = {place.pk: slow(place, as_of.instant) for place in places}
    assert len(set(figures.values())) > 1
    for part in ("from the facts", "from the tallies", "from a snapshot"):
        for place in places:
            _check_column(place, metric, sheet, as_of, figures[place.pk])
        if part == "from the facts":
            tally_all()
        elif part == "from the tallies":
            take_snapshot(NOBODY, as_of=as_of)
    rows = Figure.objects.filter(metric=metric.code, organisation_id__in=figures)
    assert {row.organisation_id: row.value for row in rows} == {
        key: value for key, value in figures.items() if value
    }
    _check_page(client, history.world.east, metric, sheet)


def _check_column(
    place: Organisation, metric: Metric, sheet: StatSheet, as_of: AsOf, figure: int
) -> None:
    """The number is right, is that of its rows, opens to them, and stands on paper."""
    code = metric.code
    facts_of = table(CLERK, place.code, as_of, sheet)
    assert facts_of.total[code] == figure, (place.name, code)
    assert metric.measure.together(row.figures[code] for row in facts_of.rows) == figure
    opened = open_number(CLERK, place.code, code, as_of)
    rows = opened.rows(0, 10_000)
    assert (opened.figure, opened.count) == (figure, len(rows))
    if metric.measure is Measure.COUNT:
        assert len(rows) == figure
    elif metric.measure is Measure.MINUTES:
        assert sum(row.minutes for row in rows) == figure  # type: ignore[union-attr]
    elif metric is FIRST_CLAIM:
        assert min((row.claimed_at for row in rows), default=None) == instant_of(figure)  # type: ignore[union-attr]
    if place.kind != "branch":
        names = {column.name: column.label for column in item(facts_of)["columns"]}  # type: ignore[attr-defined]
        assert names[code] == metric.paper_heading
        assert code in item(facts_of)["total"]  # type: ignore[operator]
    assert facts(facts_of)["columns"][code] == metric.heading  # type: ignore[index]


def _check_page(client: Client, place: Organisation, metric: Metric, sheet: StatSheet) -> None:
    """The heading stands over the table with its meaning, and on the page of definitions."""
    name = "insight:table" if sheet is StatSheet.REGISTRATION else "insight:service_table"
    page = unescape(client.get(reverse(name, args=[place.code])).content.decode())
    assert f'title="{metric.meaning}">{metric.heading}</th>' in page
    assert (metric.share is None) or metric.share.heading in page
    assert f"<dt>{metric.heading}</dt><dd>{metric.meaning}</dd>" in page
    definitions = unescape(client.get(reverse("insight:definitions")).content.decode())
    for words in (metric.heading, metric.paper_heading, metric.meaning):
        assert words in definitions


def test_only_who_may_see_a_metric_sees_it_anywhere(history: History, client: Client) -> None:
    hidden = replace(RETIRED, code="hidden", readers=Permission.JOURNAL_READ)
    declare(hidden)
    fan, place = history.world.actor("fan"), history.world.east
    as_of = AsOf(history.now + timedelta(seconds=1))
    mine, whole = (table(actor, place.code, as_of) for actor in (fan, CLERK))
    assert hidden not in mine.metrics
    assert "hidden" not in mine.total
    assert "hidden" not in str(facts(mine))
    assert whole.total["hidden"] == _retired(place, as_of.instant)
    assert open_number(CLERK, place.code, "hidden", as_of).figure == whole.total["hidden"]
    with pytest.raises(Absent):
        open_number(fan, place.code, "hidden", as_of)
    assert hidden not in metrics_for(fan)
    assert hidden in metrics_for(CLERK)
    assert "hidden" not in {column.name for column in item(whole)["columns"]}  # type: ignore[attr-defined]
    client.force_login(history.world.accounts["fan"])
    assert client.get(reverse("insight:cell", args=[place.code, "hidden"])).status_code == 404
    assert RETIRED.meaning not in client.get(reverse("insight:definitions")).content.decode()


def test_who_reads_no_figures_reads_no_definitions(client: Client, world: World) -> None:
    for name, status in (("fan", 200), ("deng", 200), ("an", 200), ("chen", 404), ("gu", 404)):
        client.force_login(world.accounts[name])
        assert client.get(reverse("insight:definitions")).status_code == status, name


def test_a_declaration_that_contradicts_itself_is_none() -> None:
    for change in (
        {"code": "Needs open"},
        {"measure": Measure.MINUTES},
        {"amount": Trait("since")},
        {"columns": {StatSheet.SERVICE: (Kind.BRANCH,)}},
    ):
        with pytest.raises(ValueError, match=r"code|amount|column"):
            replace(HELPED, **change)  # type: ignore[arg-type]
    declare(HELPED)
    with pytest.raises(ValueError, match="declared twice"):
        declare(HELPED)


PEOPLE = "in_service living_in_city registered waiting exempt missing"
MANAGED = "members in_service living_in_city registered registered_living waiting exempt missing"
SERVING = "in_service served services minutes posts_held"
SERVED = (
    "hosted hosted_served services_here minutes_here needs_collected needs_without_help needs_met "
    "wishes_met orders_met needs_unmet offers_published claims_live "
    "pairings"
)
IN_A_PLACE = (
    f"{MANAGED} units units_registered hosted hosted_waiting hosted_units communities "
    "communities_empty"
)
COLUMNS = {
    (StatSheet.REGISTRATION, Kind.BRANCH): PEOPLE,
    (StatSheet.REGISTRATION, Kind.UNIT): MANAGED,
    (StatSheet.REGISTRATION, Kind.COMMUNITY): "hosted hosted_waiting hosted_ended hosted_units",
    **{(StatSheet.REGISTRATION, kind): IN_A_PLACE for kind in PLACES},
    (StatSheet.SERVICE, Kind.BRANCH): SERVING,
    (StatSheet.SERVICE, Kind.UNIT): SERVING,
    (StatSheet.SERVICE, Kind.COMMUNITY): SERVED,
    **{(StatSheet.SERVICE, kind): f"{SERVING} {SERVED}" for kind in PLACES},
}


def test_the_columns_of_every_table_stand_in_their_order() -> None:
    """A paper that was issued is printed with the columns of its form: a change is meant."""
    columns = {
        (sheet, level): " ".join(metric.code for metric in columns_of(sheet, level))
        for sheet in StatSheet
        for level in LEVELS
    }
    assert columns == COLUMNS


def test_what_a_note_or_a_rate_tells_stands_in_the_table() -> None:
    for sheet in StatSheet:
        for level in LEVELS:
            codes = {metric.code for metric in columns_of(sheet, level)}
            clauses = [clause for clause in NOTES[sheet] if level in clause.levels]
            assert clauses
            assert {code for clause in clauses for code in clause.metrics} <= codes
            shares = {metric.share.of for metric in columns_of(sheet, level) if metric.share}
            assert shares <= codes


def test_everybody_who_reads_figures_sees_what_papers_and_the_overview_show() -> None:
    in_notes = {code for clauses in NOTES.values() for one in clauses for code in one.metrics}
    for code in {*in_notes, *IN_ALL, *IN_PLACES, *IN_UNITS}:
        assert METRICS[code].readers is Permission.FIGURE_READ
    longest = Figure._meta.get_field("metric").max_length
    assert max(map(len, METRICS)) <= longest  # type: ignore[operator]


def test_every_source_gives_the_traits_that_its_metrics_ask(world: World) -> None:
    as_of = AsOf(world.city.opened_at + timedelta(days=1))
    assert {metric.source for metric in METRICS.values()} == set(SOURCES)
    for metric in METRICS.values():
        opened = open_number(CLERK, world.city.code, metric.code, as_of)
        assert len(opened.rows(0, 1_000)) == opened.count


@pytest.mark.parametrize("place", ["first", "bureau", "willow", "willow_street", "east", "city"])
def test_a_blank_table_has_the_columns_of_a_filled_one(history: History, place: str) -> None:
    as_of = AsOf(history.now + timedelta(seconds=1))
    organisation = getattr(history.world, place)
    for sheet in StatSheet:
        filled = item(table(CLERK, organisation.code, as_of, sheet))["columns"]
        assert form_of(FORMS[sheet]).columns(organisation.kind) == filled
