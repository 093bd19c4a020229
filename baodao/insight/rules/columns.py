"""The columns of the official tables on paper, blank or filled: what metrics declare, by level."""

from collections.abc import Iterator

from baodao.documents.blocks import PaperColumn
from baodao.figures.rules.catalogue import columns_of
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sheets import LEVELS, StatSheet
from baodao.kernel.authz import Permission
from baodao.orgs.rules.tree import Kind

_HEADS = {Kind.BRANCH: "姓名", Kind.UNIT: "党支部", Kind.COMMUNITY: "党员所在单位"}
"""What the rows of a narrow table are; those of all others are organisations."""

_INDEX = PaperColumn("index", "序号", 2.4)
_REMARK = PaperColumn("remark", "备注", 5, "left")
_PERSON_COLUMNS = (
    _INDEX,
    PaperColumn("name", "姓名", 4.5),
    PaperColumn("sex", "性别", 2.2),
    PaperColumn("position", "职务", 7, "left"),
    PaperColumn("community", "报到社区", 10, "left"),
    PaperColumn("accepted_on", "报到时间", 6),
    PaperColumn("reason", "未报到原因", 10, "left"),
    PaperColumn("remark", "备注", 4.5, "left"),
)


def tells_reasons(sheet: StatSheet, level: Kind) -> bool:
    """Whether its rows are people with the reason why they are not registered."""
    return level is Kind.BRANCH and sheet is StatSheet.REGISTRATION


def printed(sheet: StatSheet, level: Kind) -> tuple[Metric, ...]:
    """The metrics on paper, the same whoever prints it: those that all readers see."""
    columns = columns_of(sheet, level)
    return tuple(one for one in columns if one.readers is Permission.FIGURE_READ)


def paper_columns(sheet: StatSheet, level: Kind) -> tuple[PaperColumn, ...]:
    """The columns of a table of an organisation of this level."""
    if tells_reasons(sheet, level):
        return _PERSON_COLUMNS
    head = _HEADS.get(level, "组织名称")
    narrow = level in _HEADS
    columns = [_INDEX, PaperColumn("name", head, 12 if narrow else 11, "left")]
    if level is Kind.COMMUNITY and sheet is StatSheet.REGISTRATION:
        columns.append(PaperColumn("unit_accepted_on", "单位报到时间", 6))
    for metric in printed(sheet, level):
        columns += _figures(metric)
    return (*columns, _REMARK) if narrow else tuple(columns)


def _figures(metric: Metric) -> Iterator[PaperColumn]:
    yield PaperColumn(metric.code, metric.paper_heading, 4.2, total=True)
    if metric.share:
        yield PaperColumn(f"{metric.code}_rate", metric.share.paper_heading, 4.6)


def by_level(sheet: StatSheet) -> tuple[tuple[str, tuple[PaperColumn, ...]], ...]:
    """The columns of the table at every level that has one."""
    return tuple((str(level), paper_columns(sheet, level)) for level in LEVELS)
