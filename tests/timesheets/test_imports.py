"""A spreadsheet of services: judged by row, recorded once, whatever is wrong named with its row."""

import json
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from baodao.documents.workbooks import Cell, Worksheet, write_workbook
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.durations import Uncertainty
from baodao.ledger.rules.records import Entry
from baodao.operations.command import main
from baodao.people.models import Membership
from baodao.registration.commands.departures import end
from baodao.registration.models import Registration
from baodao.rosters.commands.rows import close_memberships
from baodao.timesheets.commands import (
    apply,
    choose_columns,
    forget_uploads,
    import_file,
    upload,
)
from baodao.timesheets.models import RecordImport
from baodao.timesheets.queries.imports import Judgement, judge
from baodao.timesheets.rules import rows as rules
from baodao.timesheets.rules.questions import PLAIN, ImportScope
from tests import factories
from tests.concurrency import at_once
from tests.ledger.steps import at, entry, hosted, record, recorded, working_member
from tests.registration import steps as registration
from tests.world import World

HEAD = (
    "姓名",
    "志愿服务编号",
    "后四位",
    "日期",
    "开始时间",
    "时长",
    "类型",
    "方式",
    "地点",
    "内容",
)
Values = tuple[Cell, ...]


def refused(code: str) -> AbstractContextManager[pytest.ExceptionInfo[Refused]]:
    return pytest.raises(Refused, match=f"^{code}:")


def row(name: str = "陈晓宇", **told: Cell) -> Values:
    values: dict[str, Cell] = {"姓名": name, "日期": "2026-07-04", "时长": "1.5小时"} | told
    return tuple(values.get(title, "") for title in HEAD)


def workbook(*rows: Values, head: tuple[str, ...] = HEAD) -> bytes:
    out = BytesIO()
    write_workbook([Worksheet("服务", head, rows, title="七月服务情况")], out)
    return out.getvalue()


@pytest.fixture
def here(world: World) -> World:
    """Chen is registered in An's community."""
    hosted(world)
    return world


def judged(world: World, *rows: Values, **options: tuple[str, ...]) -> Judgement:
    return judge(world.actor("an"), world.willow, workbook(*rows, **options))


def entries(found: Judgement) -> list[tuple[int, Entry]]:
    return [(one.row.row, one.entry) for one in found.services]


def answered(*questions: Uncertainty) -> ImportScope:
    return ImportScope(accepted=frozenset(questions))


def kinds(found: Judgement) -> list[tuple[int, str]]:
    return [(one.row, one.kind) for one in found.problems]


def test_a_good_row_says_day_hour_time_kind_and_way(here: World) -> None:
    told = row(开始时间="9:30", 类型="环境整治", 方式="认领岗位", 地点="3号楼", 内容="清理楼道")
    [(number, entry)] = entries(judged(here, told))
    assert number == 3
    assert (entry.person_id, entry.served_on, entry.minutes) == (
        here.people["chen"].pk,
        date(2026, 7, 4),
        90,
    )
    assert (entry.began_at, entry.category, entry.way) == (at(9, 30), "environment", "post")
    assert (entry.place, entry.result) == ("3号楼", "清理楼道")


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("9:30", at(9, 30)),
        ("09:30:00", at(9, 30)),
        ("9点半", at(9, 30)),
        ("9时05分", at(9, 5)),
        ("下午2点", at(14)),
        ("上午９：３０", at(9, 30)),
        (0.375, at(9)),
        ("", None),
    ],
)
def test_the_hour_is_read_as_people_write_it(here: World, text: Cell, hour: object) -> None:
    [(_, entry)] = entries(judged(here, row(开始时间=text)))
    assert entry.began_at == hour


@pytest.mark.parametrize(
    ("hours", "length", "began", "minutes"),
    [
        ("9:00-11:00", "", at(9), 120),
        ("9：00—11：30", "2小时", at(9), 120),
        ("下午2点至5点半", "", at(14), 210),
        ("09:00:00~10:15:00", "", at(9), 75),
    ],
)
def test_from_when_until_when_tells_how_long(
    here: World, hours: str, length: str, began: object, minutes: int
) -> None:
    [(_, entry)] = entries(judged(here, row(开始时间=hours, 时长=length)))
    assert (entry.began_at, entry.minutes) == (began, minutes)


@pytest.mark.parametrize("hours", ["11:00-9:00", "9:00-", "9:00-10:00-11:00", "9:00-9:00"])
def test_hours_that_do_not_fit_are_asked_about(here: World, hours: str) -> None:
    assert kinds(judged(here, row(开始时间=hours)))[0][1] == "began"


def test_a_column_of_hours_beside_the_day_is_enough(here: World) -> None:
    head = ("时间", "姓名", "活动日期")
    [(_, entry)] = entries(judged(here, ("8:30-10:00", "陈晓宇", "2026-07-04"), head=head))
    assert (entry.began_at, entry.minutes) == (at(8, 30), 90)
    day_alone = judged(here, ("2026-07-04", "陈晓宇", "1小时"), head=("时间", "姓名", "时长"))
    assert [entry.minutes for _, entry in entries(day_alone)] == [60]
    neither = judged(here, ("8:30", "陈晓宇", "2026-07-04"), head=head)
    assert kinds(neither)[0][1] == "time-missing"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (row("路长河"), "unknown"),
        (row("郝一鸣"), "unknown"),
        (row(""), "name"),
        (row(日期="七月某日"), "day"),
        (row(日期="2026-07"), "day"),
        (row(日期="2999-01-01"), "record.future"),
        (row(时长="很久"), "time"),
        (row(时长="25小时"), "time-day"),
        (row(开始时间="25:00"), "began"),
        (row(类型="钓鱼"), "category"),
        (row(方式="散步"), "way"),
        (row(后四位="123"), "tail"),
        (row(志愿服务编号="V99999999"), "number"),
    ],
)
def test_what_is_wrong_is_named_with_its_row_and_the_others_are_good(
    here: World, told: Values, kind: str
) -> None:
    found = judged(here, told, row(时长="30分钟"))
    assert kinds(found) == [(3, kind)]
    assert len(entries(found)) == 1


def test_several_things_wrong_in_a_row_are_all_named(here: World) -> None:
    assert kinds(judged(here, row(日期="?", 时长="?"))) == [(3, "day"), (3, "time")]


def test_namesakes_are_told_apart_by_number_or_tail(here: World) -> None:
    other = hosted(here, registration.members(here, 1)[0])
    other.name = "陈晓宇"
    other.save(update_fields=["name"])
    chen = here.people["chen"]
    assert kinds(judged(here, row())) == [(3, "namesakes")]
    for told, who in (
        (row(志愿服务编号=other.number), other),
        (row(志愿服务编号=chen.number.lower()), chen),
        (row(后四位="1234"), chen),
    ):
        [(_, entry)] = entries(judged(here, told))
        assert entry.person_id == who.pk


def test_a_member_from_elsewhere_is_taken_by_their_number(here: World) -> None:
    hao = here.people["hao"]
    [(_, entry)] = entries(judged(here, row("郝一鸣", 志愿服务编号=hao.number)))
    assert entry.person_id == hao.pk


def test_what_stands_in_the_way_of_a_member_from_elsewhere_is_not_told(here: World) -> None:
    hao = here.people["hao"]
    recorded(here, entry(hao.pk, began_at=at(9)), who="bao", where="bridge")
    found = judged(here, row("郝一鸣", 志愿服务编号=hao.number, 开始时间="9:30"))
    assert kinds(found) == [(3, "record.unseen")]
    assert "石桥社区" not in str(found.problems)


def test_who_moved_on_is_named_in_the_table_of_a_day_on_which_they_belonged(here: World) -> None:
    chen, day = here.people["chen"], clock.today()
    [registration] = Registration.objects.filter(person=chen)
    close_memberships(list(Membership.objects.values_list("pk", flat=True)))
    with clock.at(clock.now() + timedelta(days=7)):
        end(here.actor("an"), registration_id=registration.pk, reason="moved", ended_on=day)
        then, after = f"{day:%Y-%m-%d}", f"{clock.today():%Y-%m-%d}"
        table = judged(
            here, row(日期=then), row(日期=after), row(日期=after, 志愿服务编号=chen.number)
        )
        assert [entry.served_on for _, entry in entries(table)] == [day]
        assert kinds(table) == [(4, "unknown"), (5, "record.unseen")]
        told = [numbered(chen.phone), numbered("", chen.id_number), numbered("1234")]
        tables = [judged(here, (*one[:3], then, one[4]), head=NUMBERED) for one in told]
        assert [kinds(one) for one in tables] == [[(3, "other-number")], [], [(3, "other-number")]]
        assert imported(here, row(日期=then)).recorded == 1


def test_the_same_row_twice_or_over_another_is_refused(here: World) -> None:
    record(here, began_at=at(14))
    found = judged(
        here, row(), row(), row(开始时间="14:30"), row(开始时间="9:00"), row(开始时间="10:00")
    )
    assert kinds(found) == [(4, "record.same"), (5, "record.overlap"), (7, "record.overlap")]
    again, _, late = found.problems
    assert (again.facts["row"], late.facts["row"]) == (3, 6)
    assert "stands in row" in again.message


def test_the_header_is_found_whatever_it_is_called(here: World) -> None:
    head = ("序号", "党员姓名", "活动日期", "时长（分钟）")
    [(_, entry)] = entries(judged(here, (1, "陈 晓宇", "2026.7.4", 90), head=head))
    assert entry.minutes == 90
    [(_, entry)] = entries(judged(here, (1, "陈晓宇", "2026年7月4日", 3), head=head))
    assert entry.minutes == 3
    with refused("spreadsheet.no-header"):
        judged(here, ("甲", "乙"), head=("一", "二"))


def test_totals_and_empty_rows_say_nothing(here: World) -> None:
    found = judged(here, row(), tuple("" for _ in HEAD), row("合计", 日期="", 时长="1.5"))
    assert (found.rows, found.problems) == (1, [])


def test_more_rows_than_one_act_records_are_refused(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_ROWS", 5)
    with refused("import.too-many"):
        judged(here, *([row()] * 6))


def test_more_rows_than_a_community_of_so_few_can_have_are_refused(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LEAST_ROWS", 1)
    monkeypatch.setattr(rules, "ROWS_A_MEMBER", 4)
    with refused("import.too-many-here"):
        judged(here, *([row()] * 5))


def imported(world: World, *rows: Values) -> RecordImport:
    an = world.actor("an")
    content = workbook(*rows)
    held = upload(an, community_id=world.willow.pk, file_name="七月.xlsx", content=content)
    return apply(an, import_id=held.pk)


def test_the_good_rows_are_recorded_once_and_the_file_again_adds_nothing(here: World) -> None:
    rows = (row(), row(开始时间="8:00"), row("路长河"))
    first = imported(here, *rows)
    assert (first.recorded, [one["kind"] for one in first.problems]) == (2, ["unknown"])
    assert {one.origin for one in ServiceRecord.objects.all()} == {"import"}
    again = imported(here, *rows)
    assert again.recorded == 0
    assert [one["kind"] for one in again.problems] == ["record.same", "record.overlap", "unknown"]
    assert ServiceRecord.objects.count() == 2


def test_applying_twice_is_refused(here: World) -> None:
    held = imported(here, row())
    with refused("import.applied"):
        apply(here.actor("an"), import_id=held.pk)


@pytest.mark.parametrize("who", ["bao", "deng", "fan", "chen", "gu"])
def test_only_a_worker_of_the_community_imports(here: World, who: str) -> None:
    with pytest.raises(Absent):
        import_file(
            here.actor(who),
            community_id=here.willow.pk,
            file_name="x.xlsx",
            content=workbook(row()),
        )
    held = upload(
        here.actor("an"), community_id=here.willow.pk, file_name="x", content=workbook(row())
    )
    with pytest.raises(Absent):
        apply(here.actor(who), import_id=held.pk)
    assert ServiceRecord.objects.count() == 0


def test_a_file_is_kept_sealed_and_forgotten(here: World) -> None:
    content = workbook(row())
    an = here.actor("an")
    held = upload(an, community_id=here.willow.pk, file_name="x", content=content)
    sealed = RecordImport.objects.get().file_sealed
    assert sealed is not None
    assert content not in bytes(sealed)
    assert forget_uploads() == 0
    other = upload(an, community_id=here.willow.pk, file_name="y", content=content)
    RecordImport.objects.filter(pk=other.pk).update(file_sealed=None)
    with clock.at(clock.now() + timedelta(days=31)):
        assert forget_uploads() == 2
    other.refresh_from_db()
    assert other.lines == {}
    with refused("import.forgotten"):
        apply(an, import_id=held.pk)


def test_no_number_of_a_person_stands_in_a_problem(here: World) -> None:
    found = judged(here, row(日期="19900001234"))
    assert "19900001234" not in str(found.problems)


def test_the_command_judges_and_records_in_json(
    here: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "EMBEDDED", False)
    file = tmp_path / "服务.xlsx"
    file.write_bytes(workbook(row(), row("路长河")))
    told = []
    for choice in ("none", "good", "good"):
        arguments = ["ledger", "import", str(file), "--community", here.willow.code]
        assert main([*arguments, "--apply", choice, "--json"]) == 0
        told.append(json.loads(capsys.readouterr().out))
    assert [(one["good"], one["recorded"]) for one in told] == [(1, 0), (1, 1), (0, 0)]
    [wrong] = told[0]["problems"]
    assert (wrong["row"], wrong["column"], wrong["kind"]) == (4, "姓名", "unknown")
    assert wrong["message"].startswith("本社区没有登记这个姓名的党员")
    assert main(["ledger", "import", str(tmp_path / "x"), "--community", "Y"]) == 2
    assert main(["ledger", "import", str(file), "--community", "Y"]) == 1


NUMBERED = ("姓名", "手机号", "身份证号", "日期", "时长")


def numbered(phone: Cell = "", id_number: Cell = "", name: str = "陈晓宇") -> Values:
    return (name, phone, id_number, "2026-07-04", "1小时")


def test_a_number_in_full_decides_between_namesakes(here: World) -> None:
    other = hosted(here, registration.members(here, 1)[0])
    other.name = "陈晓宇"
    other.save(update_fields=["name"])
    chen = here.people["chen"]
    for told, who in (
        (numbered("19900001234"), chen),
        (numbered("1234"), chen),
        (numbered("13812345678\n手机：19900001234"), chen),
        (numbered("", other.id_number), other),
        (numbered("19900001234", other.id_number), other),
        (numbered(float(19900001234)), chen),
    ):
        [(_, entry)] = entries(judged(here, told, head=NUMBERED))
        assert entry.person_id == who.pk


def test_a_number_that_fits_nobody_here_has_one_answer_whosever_it_is(here: World) -> None:
    stranger = here.people["hao"]
    answers = [
        judged(here, numbered(*told), head=NUMBERED)
        for told in (
            (stranger.phone, ""),
            ("13812345678", ""),
            ("", stranger.id_number),
            ("", factories.id_number()),
        )
    ]
    assert [kinds(answer) for answer in answers] == [[(3, "other-number")]] * 4
    assert len({str(answer.problems) for answer in answers}) == 1
    assert [answer.strangers.count for answer in answers] == [1] * 4


def test_numbers_that_fitted_nobody_are_counted_in_the_journal(here: World) -> None:
    content = workbook(numbered("13812345678"), head=NUMBERED)
    upload(here.actor("an"), community_id=here.willow.pk, file_name="x", content=content)
    act = JournalEntry.objects.get(verb="record-import.read")
    assert act.facts["strangers"] == 1


def test_a_handful_of_numbers_that_fit_nobody_is_told_a_day_over_all_tables(here: World) -> None:
    def read(*phones: str, days: int = 0) -> list[tuple[int, str]]:
        content = workbook(*(numbered(phone) for phone in phones), head=NUMBERED)
        with clock.at(clock.now() + timedelta(days=days)):
            held = upload(
                here.actor("an"), community_id=here.willow.pk, file_name="x", content=content
            )
        return [(one["row"], one["kind"]) for one in held.problems]

    guesses = [f"1381234500{last}" for last in range(9)]
    own = here.people["chen"].phone
    assert read(*guesses[:3]) == [(row, "other-number") for row in (3, 4, 5)]
    assert read(*guesses[:6], own)[3:] == [
        (6, "other-number"), (7, "other-number"), (8, "uncompared"), (9, "uncompared"),
    ]  # fmt: skip
    assert read(guesses[0]) == [(3, "other-number")]
    assert read(guesses[7]) == read(own) == [(3, "uncompared")], "right or wrong, one answer"
    assert read("") == [], "without a number the name decides, as the message says"
    assert read(guesses[7], days=1) == [(3, "other-number")]
    assert read(own, days=1) == []
    counts = [
        one.facts["strangers"] for one in JournalEntry.objects.filter(verb="record-import.read")
    ]
    assert sorted(counts) == [0, 0, 0, 0, 1, 1, 3, 5]


def test_who_was_recognised_stays_so_after_the_handful_and_only_new_numbers_wait(
    here: World,
) -> None:
    """A clerk corrects five numbers and uploads the file once more."""
    an, chen = here.actor("an"), here.people["chen"]
    own, wrong = chen.phone, [f"1381234500{last}" for last in range(5)]

    def read(*numbers: tuple[str, str]) -> RecordImport:
        days = (f"2026-07-{day:02}" for day in range(4, 30))
        rows = [(*numbered(*one)[:3], next(days), "1小时") for one in numbers]
        content = workbook(*rows, head=NUMBERED)
        return upload(an, community_id=here.willow.pk, file_name="x", content=content)

    def told(held: RecordImport) -> list[tuple[int, str]]:
        return [(one["row"], one["kind"]) for one in held.problems]

    first = read((f"{own}、{wrong[0]}", ""), (own, ""), *((phone, "") for phone in wrong))
    assert told(first) == [(row, "other-number") for row in range(5, 10)]
    mended = read((own, ""), ("13812345009", ""), ("", ""), ("", chen.id_number))
    assert told(mended) == [(4, "uncompared"), (6, "uncompared")]
    assert told(read((f"{wrong[0]}、{own}", ""), (f"{own}、13812345009", ""))) == [
        (4, "uncompared")
    ]
    apply(an, import_id=mended.pk)
    mended.refresh_from_db()
    assert (told(mended), mended.recorded) == ([(4, "uncompared"), (6, "uncompared")], 2)


def test_each_telephone_of_a_cell_is_a_number_that_was_tried(here: World) -> None:
    own = here.people["chen"].phone
    many = "、".join(f"138{number:08}" for number in range(16))
    rows = [numbered(phones) for phones in (many, f"{many}、{own}", own, "13900001111", own)]
    content = workbook(*rows, head=NUMBERED)
    held = upload(here.actor("an"), community_id=here.willow.pk, file_name="x", content=content)
    assert [(one["row"], one["kind"]) for one in held.problems] == [
        (3, "other-number"), (4, "other-number"), (6, "uncompared"), (7, "uncompared"),
    ]  # fmt: skip


def test_a_table_that_was_read_keeps_its_answer_whatever_is_uploaded_after_it(
    here: World,
) -> None:
    an, own = here.actor("an"), here.people["chen"].phone

    def read(*phones: str) -> RecordImport:
        content = workbook(*(numbered(phone) for phone in phones), head=NUMBERED)
        return upload(an, community_id=here.willow.pk, file_name="x", content=content)

    first = read(own)
    read(*(f"1381234500{last}" for last in range(5)))
    late = read("13812345009")
    for held, kinds_told in ((first, []), (late, ["uncompared"])):
        apply(an, import_id=held.pk)
        held.refresh_from_db()
        assert [one["kind"] for one in held.problems] == kinds_told
    assert first.recorded == 1


def test_a_table_read_again_is_one_more_of_its_day(here: World) -> None:
    an = here.actor("an")
    content = workbook(numbered("13812345678"), head=NUMBERED)
    held = upload(an, community_id=here.willow.pk, file_name="x", content=content)

    def again(days: int = 0) -> None:
        with clock.at(clock.now() + timedelta(days=days)):
            choose_columns(an, import_id=held.pk, headers={}, remember=False, scope=PLAIN)

    for _ in range(39):
        again()
    with pytest.raises(Refused, match=r"table\.files"):
        again()
    with pytest.raises(Refused, match=r"table\.files"):
        upload(an, community_id=here.willow.pk, file_name="x", content=content)
    again(days=1)


def test_a_table_read_again_and_recorded_tells_what_it_told(here: World) -> None:
    guesses = [numbered(f"1381234500{last}") for last in range(7)]
    content = workbook(*guesses, numbered("", ""), head=NUMBERED)
    an = here.actor("an")
    held = upload(an, community_id=here.willow.pk, file_name="x", content=content)
    before = [(one["row"], one["kind"]) for one in held.problems]
    apply(an, import_id=held.pk)
    held.refresh_from_db()
    assert [(one["row"], one["kind"]) for one in held.problems] == before
    assert held.recorded == 1


def test_tables_that_are_read_at_one_moment_tell_a_handful_together(
    committed_world: World,
) -> None:
    hosted(committed_world)
    an = committed_world.actor("an")

    def guess(first: int) -> RecordImport:
        rows = [numbered(f"138123450{first}{last}") for last in range(5)]
        content = workbook(*rows, head=NUMBERED)
        return upload(an, community_id=committed_world.willow.pk, file_name="x", content=content)

    at_once(*(partial(guess, first) for first in range(4)))
    told = [one["kind"] for held in RecordImport.objects.all() for one in held.problems]
    assert told.count("other-number") == 5


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (numbered("1990000123"), "phone"),
        (numbered("", "12345"), "identity"),
        (numbered("13812345678", name="陈晓宇、郝一鸣"), "several"),
        (numbered("13812345678", name="路长河"), "unknown"),
    ],
)
def test_a_number_that_cannot_be_read_keeps_its_row_out(
    here: World, told: Values, kind: str
) -> None:
    assert kinds(judged(here, told, head=NUMBERED)) == [(3, kind)]


def test_from_the_beginning_to_the_end_in_columns_of_their_own(here: World) -> None:
    head = ("姓名", "开始时间", "结束时间")
    told = ("陈晓宇", "2026-07-04 9:00", "2026-07-04 11:30")
    [(_, entry)] = entries(judged(here, told, head=head))
    assert (entry.began_at, entry.minutes) == (at(9), 150)
    assert kinds(judged(here, ("陈晓宇", "2026-07-04 9:00", "8:00"), head=head)) == [(3, "began")]


def test_a_second_header_below_heads_its_own_rows(here: World) -> None:
    second = ("时长（分钟）", "日期", "姓名")
    found = judged(
        here,
        ("陈晓宇", "2026-07-04", 1),
        second,
        (20, "2026-07-05", "陈晓宇"),
        head=("姓名", "日期", "时长（小时）"),
    )
    assert [entry.minutes for _, entry in entries(found)] == [60, 20]


def test_the_refusal_names_the_headings_that_are_missing(here: World) -> None:
    with refused("spreadsheet.no-header") as refusal:
        judged(here, ("陈晓宇", "30"), head=("姓名", "累计时长"))
    assert refusal.value.facts["missing"] == "服务日期、服务时长"
    with refused("spreadsheet.no-header") as refusal:
        judged(here, ("甲", "乙"), head=("一", "二"))
    assert refusal.value.facts["titles"] == "姓名、服务日期、服务时长"


def test_what_is_left_open_is_recorded_only_with_the_answer(here: World) -> None:
    rows = (row(时长="半天"), row(时长=0.125))
    assert imported(here, *rows).recorded == 0
    an, content = here.actor("an"), workbook(*rows)
    held = upload(an, community_id=here.willow.pk, file_name="x", content=content)
    done = apply(an, import_id=held.pk, scope=answered(Uncertainty.WHOLE_DAYS))
    assert (done.recorded, [one["kind"] for one in done.problems]) == (1, ["time-part"])
    assert ServiceRecord.objects.get().minutes == 240


def test_nobody_imports_their_own(here: World) -> None:
    found = judge(working_member(here), here.willow, workbook(row()))
    assert (kinds(found), found.services) == ([(3, "record.own")], [])


def test_a_text_file_is_read_as_a_sheet_without_a_name(here: World) -> None:
    text = "姓名,服务日期,时长（分钟）\n陈晓宇,2026-07-04,30\n路长河,2026-07-04,36\n合计,,66\n"
    found = judge(here.actor("an"), here.willow, text.encode("gb18030"))
    assert [entry.minutes for _, entry in entries(found)] == [30]
    assert [(one.sheet, one.row, one.kind) for one in found.problems] == [("", 3, "unknown")]
    assert [(one.kind, one.where) for one in found.leftovers()] == [("rows-margin", "4")]
