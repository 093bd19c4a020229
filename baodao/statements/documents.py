"""Numbered sheets of service records as they were issued, and tables of services to be uploaded.

Nothing is written here.
"""

from io import BytesIO

from django.utils.translation import gettext

from baodao.documents.fields import VERIFY_URL
from baodao.documents.files import Rendered
from baodao.documents.formats import Format
from baodao.documents.queries import issued_items
from baodao.documents.sheets import Item
from baodao.documents.workbooks import Worksheet, write_workbook
from baodao.statements.commands.imports import content_of
from baodao.statements.models import RecordImport, RecordSheet
from baodao.statements.queries.imports import table_in
from baodao.statements.queries.papers import verify_url
from baodao.statements.rules.imports import TITLES
from baodao.statements.rules.papers import RECORD_SHEET


def sheet_item(sheet: RecordSheet) -> Item:
    """A numbered sheet as it was issued; its code is the one that is its person's now."""
    [item] = issued_items([sheet.pk], RECORD_SHEET.code)
    return {**item, VERIFY_URL: verify_url(sheet.person_id)}


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
