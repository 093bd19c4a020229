"""Tables of services to be filled in and uploaded, and uploaded ones with remarks.

Nothing is written here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from io import BytesIO

from django.utils.translation import gettext

from baodao.documents.files import Rendered
from baodao.documents.formats import Format
from baodao.documents.workbooks import Worksheet, write_workbook
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.registration.queries.desks import hosted
from baodao.timesheets.commands import content_of
from baodao.timesheets.models import RecordImport
from baodao.timesheets.queries.files import sheets_in
from baodao.timesheets.queries.sheets import ServiceSheet
from baodao.timesheets.rules.headings import TEMPLATE, TITLES, WORDS, ServiceField
from baodao.timesheets.rules.questions import ImportScope
from baodao.ui.wording import filled
from baodao.vocabulary.queries import own_words

_UNITS = {ServiceField.TIME: "服务时长（小时）"}
"""Headings of the template that name the unit of plain numbers."""


def template_workbook(actor: Actor, community: Organisation) -> Rendered:
    """A table to fill in: the headings that are understood, a line of example, and a row for each
    member registered in the community, with name and volunteer number."""
    example = (
        *("（示例）张三", "", "0001", "2026-07-04", "9:30", 1.5),
        *("环境整治", "主题活动", "3号楼", "清理楼道杂物"),
    )
    notes = [
        "一行是一个人的一次服务；没有参加的人，行留空或删去即可。同一个人有几次服务的，复制几行。",
        "时长写小时数，也可写“90分钟”，不含路途时间；开始时间、类型、方式、地点、内容可以不填。",
    ]
    here = hosted(actor, community).order_by("person__pinyin", "person__number")
    members = [(row.person.name, row.person.number) for row in here]
    titles = [(TITLES | _UNITS)[one] for one in TEMPLATE]
    out = BytesIO()
    sheet = Worksheet("服务记录", titles, [example, *members], above=notes)
    write_workbook([sheet], out)
    return Rendered(out.getvalue(), Format.EXCEL.content_type, "服务记录导入模板.xlsx")


def remarks(upload: RecordImport) -> Rendered:
    """The uploaded sheets once more, what was wrong behind each row."""
    sentences: defaultdict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for problem in upload.problems:
        sentence = f"{problem['column']}：{filled(problem['message'], problem['facts'])}"
        sentences[problem["sheet"], problem["row"]][sentence] = None
    headers = own_words(upload.community, WORDS.name).headers
    scope = replace(ImportScope.unpacked(upload.options), include_hidden=True)
    every, _ = sheets_in(content_of(upload), scope, headers)
    sheets = [sheet for sheet in every if sheet.tables]
    out = BytesIO()
    write_workbook([_remarked(sheet, sentences) for sheet in sheets], out)
    name = upload.file_name.rpartition(".")[0] or upload.file_name
    return Rendered(
        out.getvalue(), Format.EXCEL.content_type, f"{name}（{gettext('remarks')}）.xlsx"
    )


def _remarked(sheet: ServiceSheet, sentences: Mapping[tuple[str, int], Iterable[str]]) -> Worksheet:
    rows = [
        [*[""] * sheet.first_column, *cells, "\n".join(sentences.get((sheet.title, number), ()))]
        for number, cells in sheet.rows
    ]
    first = [*(str(cell) for cell in rows[0][:-1]), gettext("Remarks")]
    return Worksheet(sheet.title or "CSV", first, rows[1:])
