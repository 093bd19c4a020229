"""问题清单, 任务清单, 责任清单 on paper."""

from baodao.documents.blocks import Heading, PaperColumn, Spread, Table, line
from baodao.documents.form import Form
from baodao.documents.formats import LIST_FORMATS
from baodao.documents.parts import FOOTING, LIST_PAGE

_INDEX = PaperColumn("index", "序号", 2.4)


def _list_form(code: str, title: str, *columns: PaperColumn) -> Form:
    head = Spread((line("填报单位（盖章）：{organisation}"), line("截止日期：{as_of}")), small=True)
    return Form(
        code,
        title,
        (Heading(line(title)), head, Table(), FOOTING),
        LIST_PAGE,
        LIST_FORMATS,
        (("community", (_INDEX, *columns)),),
        blank_rows=14,
    )


PROBLEM_LIST = _list_form(
    "problem-list",
    "问题清单",
    PaperColumn("problem", "问题", 12, "left"),
    PaperColumn("source", "来源", 5),
    PaperColumn("spot", "地点", 6, "left"),
    PaperColumn("raised_on", "提出日期", 6.6),
    PaperColumn("owner", "牵头单位和责任人", 8, "left"),
    PaperColumn("due_on", "办结时限", 6.6),
    PaperColumn("stuck", "目前在哪里、自何时", 9, "left"),
    PaperColumn("result", "办理结果", 11, "left"),
    PaperColumn("word", "群众评价", 5),
)
TASK_LIST = _list_form(
    "task-list",
    "任务清单",
    PaperColumn("task", "任务", 13, "left"),
    PaperColumn("problem", "对应问题", 12, "left"),
    PaperColumn("owner", "责任单位和责任人", 9, "left"),
    PaperColumn("due_on", "完成时限", 6.6),
    PaperColumn("done_on", "完成日期", 6.6),
    PaperColumn("result", "完成情况", 12, "left"),
)
DUTY_LIST = _list_form(
    "duty-list",
    "责任清单",
    PaperColumn("owner", "责任单位", 9, "left"),
    PaperColumn("owner_name", "责任人", 5),
    PaperColumn("duty", "责任", 5),
    PaperColumn("problem", "事项", 16, "left"),
    PaperColumn("due_on", "时限", 6.6),
    PaperColumn("since", "自何时起", 6.6),
    PaperColumn("state", "进展", 6),
)

PAPERS = (PROBLEM_LIST, TASK_LIST, DUTY_LIST)
