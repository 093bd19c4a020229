"""A table recorded by mistake is taken back as a whole, while nothing was built on it."""

from datetime import date, timedelta

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.commands.corrections import correct, reverse
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import totals_of
from baodao.ledger.rules.durations import Uncertainty
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.statements.commands.disputes import dispute
from baodao.statements.commands.sheets import issue_sheet
from baodao.timesheets.commands import apply, undo, upload
from baodao.timesheets.models import RecordImport
from tests.ledger.steps import colleague, entry, hosted, record
from tests.orgs.test_reorganisations import done
from tests.registration.browsing import text
from tests.timesheets.test_imports import answered, row, workbook
from tests.timesheets.test_pages import page, sent
from tests.world import World

ROWS = (row(), row(日期="2026-07-05"), row(日期="2026-07-06"))


@pytest.fixture
def table(world: World) -> RecordImport:
    """Three services of Chen, recorded from a table after one that was entered."""
    hosted(world)
    record(world, category="culture")
    return imported(world, *ROWS)


def imported(world: World, *rows: tuple[object, ...]) -> RecordImport:
    an = world.actor("an")
    file = upload(an, community_id=world.willow.pk, file_name="七月.xlsx", content=workbook(*rows))
    return apply(an, import_id=file.pk)


def undone(world: World, table: RecordImport, who: str = "an") -> RecordImport:
    return undo(world.actor(who), import_id=table.pk, reason="传错表")


def refused(world: World, table: RecordImport, code: str) -> None:
    with pytest.raises(Refused, match=f"^{code}:"):
        undone(world, table)


def test_a_table_is_undone_as_a_whole_and_the_rest_stays(world: World, table: RecordImport) -> None:
    here = ServiceRecord.objects.filter(community=world.willow)
    assert totals_of(here).records == 4
    undone(world, table)
    assert (totals_of(here).records, totals_of(here).minutes) == (1, 60)
    assert set(here.exclude(reverses=None).values_list("reason", flat=True)) == {"传错表"}
    assert JournalEntry.objects.filter(verb="record-import.undone", about=table.pk).count() == 1
    assert Notice.objects.filter(kind="record-reversed").count() == 3
    refused(world, table, "import.undone")
    assert imported(world, *ROWS).recorded == 3


def test_what_was_reversed_singly_is_left_as_it_is(world: World, table: RecordImport) -> None:
    one = ServiceRecord.objects.get(served_on=date(2026, 7, 5))
    reverse(world.actor("an"), community_id=one.community_id, record_id=one.id, reason="重复")
    undone(world, table)
    assert ServiceRecord.objects.filter(reverses=one.id).count() == 1
    assert ServiceRecord.objects.exclude(reverses=None).count() == 3


def test_a_correction_stands_in_the_way_until_it_is_reversed(
    world: World, table: RecordImport
) -> None:
    one = ServiceRecord.objects.get(served_on=date(2026, 7, 5))
    right = correct(
        world.actor("an"),
        community_id=one.community_id,
        record_id=one.id,
        entry=entry(one.person_id, served_on=one.served_on, minutes=30),
        reason="记错时长",
    )
    refused(world, table, "import.built-upon")
    assert "1 条服务已更正" in text(page(world, "an", "undo", table.pk))
    reverse(world.actor("an"), community_id=one.community_id, record_id=right.id, reason="传错表")
    undone(world, table)


def test_an_objection_and_a_sheet_stand_in_the_way(world: World, table: RecordImport) -> None:
    one = ServiceRecord.objects.get(served_on=date(2026, 7, 5))
    where = {"community_id": one.community_id, "record_id": one.id}
    assert 'name="reason"' in text(page(world, "an", "undo", table.pk))
    dispute(world.actor("chen"), **where, text="没有参加")
    refused(world, table, "import.built-upon")
    issue_sheet(
        world.actor("an"),
        community_id=world.willow.pk,
        person_id=one.person_id,
        since=date(2026, 7, 1),
        until=date(2026, 7, 31),
    )
    shown = text(page(world, "an", "undo", table.pk))
    assert "1 条服务有异议待答复" in shown
    assert "1 份服务记录单" in shown
    assert 'name="reason"' not in shown


def test_only_the_community_undoes_its_tables(world: World, table: RecordImport) -> None:
    for who in ("bao", "deng", "fan", "chen"):
        with pytest.raises(Absent):
            undone(world, table, who)
        assert page(world, who, "undo", table.pk).status_code in (403, 404)


def test_a_table_not_recorded_has_nothing_to_undo(world: World) -> None:
    an = world.actor("an")
    file = upload(an, community_id=world.willow.pk, file_name="a.xlsx", content=workbook(row()))
    refused(world, file, "import.not-applied")


def test_the_page_undoes_and_says_so(world: World, table: RecordImport) -> None:
    assert "撤销这张表" in text(page(world, "an", "timesheet", table.pk))
    body = {"client_id": "01a22140-1e84-7000-b2e3-e88c91891680", "reason": "传错表"}
    told = text(sent(world, "an", "undo", table.pk, **body))
    assert "安静" in told
    assert "传错表" in told
    assert "撤销这张表" not in told
    assert "这张表已撤销" in told
    assert "已登记 3 条服务" not in told
    assert "已撤销" in text(page(world, "an", "all"))
    late = text(page(world, "an", "undo", table.pk))
    assert "这张表已经撤销" in late
    assert "整表撤销</button>" not in late, "whoever opens it late reads so, and is asked nothing"


def test_a_colleague_does_not_undo_services_of_their_own(world: World, table: RecordImport) -> None:
    actor = colleague(world)
    assert undo(actor, import_id=table.pk, reason="传错表").undone_by == "艾文"


OLD = row(日期="2025-07-04")


def test_rows_of_long_ago_are_asked_about(world: World) -> None:
    hosted(world)
    an = world.actor("an")
    content = workbook(OLD, row(), row(日期="0026-07-04"))
    file = upload(an, community_id=world.willow.pk, file_name="a.xlsx", content=content)
    assert next(one["kind"] for one in file.problems) == "record.long-ago"
    assert "1 条服务确为一年以前" in text(page(world, "an", "timesheet", file.pk))
    assert apply(an, import_id=file.pk, scope=answered(Uncertainty.LONG_AGO)).recorded == 2


def test_a_table_of_before_a_merger_belongs_to_who_had_received_them_and_is_undone(
    world: World,
) -> None:
    hosted(world)
    today, bao = clock.today(), world.actor("bao")
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    with clock.at(clock.now() + timedelta(days=2)):
        days = (today, today + timedelta(days=1))
        content = workbook(*(row(日期=day.isoformat()) for day in days))
        file = upload(bao, community_id=world.bridge.pk, file_name="a.xlsx", content=content)
        assert apply(bao, import_id=file.pk).recorded == 2
        places = ServiceRecord.objects.order_by("served_on").values_list("community", flat=True)
        assert list(places) == [world.willow.pk, world.bridge.pk]
        undone(world, file, "bao")
    assert totals_of(ServiceRecord.objects.all()).records == 0
