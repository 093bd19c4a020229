"""资源清单, 需求清单, 项目清单 on paper."""

from baodao.documents.blocks import Heading, PaperColumn, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE

_HEAD = Spread((line("填报单位（盖章）：{organisation}"), line("截止日期：{as_of}")), small=True)
_INDEX = PaperColumn("index", "序号", 2.4)
_WITH = PaperColumn("claimed_by", "认领情况", 9, "left")


def _list(code: str, title: str, *columns: PaperColumn) -> Form:
    return Form(
        code,
        title,
        (Heading(line(title)), _HEAD, Table(), FOOTING),
        LIST_PAGE,
        LIST_FORMATS,
        (("community", (_INDEX, *columns, _WITH)),),
        blank_rows=14,
    )


RESOURCE_LIST = _list(
    "resource-list",
    "资源清单",
    PaperColumn("unit", "单位党组织", 9, "left"),
    PaperColumn("resource_kind", "资源类别", 4.4),
    PaperColumn("title", "资源名称及内容", 14, "left"),
    PaperColumn("schedule", "可用时间", 7, "left"),
    PaperColumn("amount", "数量", 4.4),
    PaperColumn("conditions", "使用条件", 7, "left"),
    PaperColumn("contact", "联系人及电话", 6.6),
)
NEED_LIST = _list(
    "need-list",
    "需求清单",
    PaperColumn("community", "社区", 6, "left"),
    PaperColumn("kind", "类别", 4.4),
    PaperColumn("need_text", "需求内容", 20, "left"),
    PaperColumn("units_wanted", "需要单位数", 4.4),
    PaperColumn("listed_on", "列入日期", 7),
)
PROJECT_LIST = _list(
    "project-list",
    "项目清单",
    PaperColumn("served_year", "年度", 3.4),
    PaperColumn("title", "项目名称及内容", 16, "left"),
    PaperColumn("proposer", "提出单位", 9, "left"),
    PaperColumn("project_state", "进展", 5),
    PaperColumn("done", "已开展活动、服务人次及时长", 9, "left"),
)

PAPERS = (RESOURCE_LIST, NEED_LIST, PROJECT_LIST)
