"""Service records as official papers: 服务记录单 of a community, 服务社区情况记录表 of a year.

Nothing is written here. A numbered sheet shows what was recorded until it was issued and counted
then, so that it can be printed again.
"""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.files import Rendered
from baodao.documents.formats import Format
from baodao.documents.rules import number_text
from baodao.documents.sheets import Item, paper_text
from baodao.documents.workbooks import Worksheet, write_workbook
from baodao.kernel import clock
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import Rows, between, record_rows, standing, standing_at
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.queries.members import current
from baodao.statements.commands.imports import content_of
from baodao.statements.models import RecordImport, RecordSheet
from baodao.statements.queries.imports import table_in
from baodao.statements.queries.sheets import code_of
from baodao.statements.rules.imports import TITLES
from baodao.statements.tables.words import Kinds, origin_words, time_words

CERTIFICATE = "志愿服务记录证明"


def sheet_item(sheet: RecordSheet) -> Item:
    """A numbered sheet as it was on the day it was issued."""
    rows = record_rows().filter(community=sheet.community_id, person=sheet.person_id)
    counted = standing_at(between(rows, sheet.since, sheet.until), sheet.issued_at)
    return {
        **_person_item(sheet.person),
        **_records_item(counted),
        **_community_item(sheet.community),
        **({"sheet_name": CERTIFICATE} if sheet.certificate else {}),
        "number": number_text(sheet.year, sheet.number),
        "period": _period(sheet.since, sheet.until),
        "handler": sheet.issued_by,
        "issued_on": clock.local(sheet.issued_at).date(),
        "verify_url": _verify_url(sheet.person),
    }


def draft_item(person: Person, community: Organisation) -> Item:
    """What a community has recorded of a person until today, to be numbered and sealed there."""
    rows = standing(record_rows().filter(community=community, person=person))
    days = list(rows.order_by("served_on").values_list("served_on", flat=True))
    return {
        **_person_item(person),
        **_records_item(rows),
        **_community_item(community),
        "period": _period(days[0], days[-1]) if days else "",
        "verify_url": _verify_url(person),
    }


def year_item(person: Person, rows: Rows, year: int) -> Item:
    """One person's standing records of a year, those that `rows` hold."""
    counted = standing(between(rows, date(year, 1, 1), date(year, 12, 31)))
    places = {row.community.name for row in counted}
    return {
        **_person_item(person),
        **_records_item(counted),
        "served_year": str(year),
        "as_of": clock.today(),
        "community": places.pop() if len(places) == 1 else "",
    }


def _person_item(person: Person) -> dict[str, object]:
    membership = current().filter(person=person).first()
    branch = membership.branch if membership else None
    unit = branch.parent if branch and branch.kind == "branch" else branch
    return {
        "name": person.name,
        "volunteer_number": person.number,
        "unit": unit.name if unit else "",
        "branch": branch.name if branch and unit != branch else "",
    }


def _community_item(community: Organisation) -> dict[str, object]:
    return {"community": community.name, "community_phone": community.contact_phone}


def _records_item(rows: Iterable[ServiceRecord]) -> dict[str, object]:
    records = sorted(rows, key=lambda row: (row.served_on, row.recorded_at, row.id))
    with translation.override("zh-hans"):
        kinds = Kinds()
        lines = [
            {
                "day": f"{row.served_on:%Y.%m.%d}",
                "time": time_words(row.minutes),
                "category": kinds.of(row),
                "way": row.get_way_display(),
                "result": row.offer_title or row.result,
                "place": row.place,
                "community": row.community.name,
                "origin": origin_words(row),
                "confirmed_by": row.confirmed_by,
            }
            for row in records
        ]
        total = time_words(sum(row.minutes for row in records))
    return {"rows": lines, "records": len(records), "time_served": total}


def _period(since: date, until: date) -> str:
    return f"{paper_text(since, 'day')}至{paper_text(until, 'day')}"


def _verify_url(person: Person) -> str:
    token = code_of(person.pk)
    return f"{settings.PUBLIC_URL}/r/{token}/" if token else ""


def template_workbook() -> Rendered:
    """An empty table with the headings that are understood, and one line of example."""
    example = (
        *("（示例）张三", "", "0001", "2026-07-04", "9:30", "1.5小时"),
        *("环境整治", "主题活动", "3号楼", "清理楼道杂物"),
    )
    notes = [
        "志愿服务编号、后四位只在有重名时填写；开始时间、类型、方式、地点、内容可以不填。",
        "时长可写“1.5小时”“90分钟”，不含路途时间。请删去示例行。",
    ]
    out = BytesIO()
    sheet = Worksheet("服务记录", list(TITLES.values()), [example], above=notes)
    write_workbook([sheet], out)
    return Rendered(out.getvalue(), Format.EXCEL.content_type, "服务记录导入模板.xlsx")


def remarks(upload: RecordImport) -> Rendered:
    """The uploaded table once more, what was wrong behind each row."""
    sentences: dict[int, list[str]] = {}
    for problem in upload.problems:
        sentence = gettext(problem["message"]) % problem["facts"]
        sentences.setdefault(problem["row"], []).append(f"{problem['column']}：{sentence}")
    table = table_in(content_of(upload))
    rows = [
        [*([""] * table.first_column), *cells, "\n".join(sentences.get(number, []))]
        for number, cells in table.rows
    ]
    out = BytesIO()
    first = [*(str(cell) for cell in rows[0][:-1]), gettext("Remarks")]
    write_workbook([Worksheet(table.title or "CSV", first, rows[1:])], out)
    name = upload.file_name.rpartition(".")[0] or upload.file_name
    return Rendered(
        out.getvalue(), Format.EXCEL.content_type, f"{name}（{gettext('remarks')}）.xlsx"
    )
