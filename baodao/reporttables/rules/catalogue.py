"""The tables that units, communities and places hand up, each declared once."""

from baodao.figures.rules.sheets import PLACES
from baodao.kernel.authz import Permission
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.rules.declarations import (
    ColumnDeclaration,
    RowsOf,
    TableDeclaration,
    check_declaration,
)
from baodao.reporttables.rules.formulas import metric_formula, share_formula

Column = ColumnDeclaration
_SCHEME = "“双报到、双报告、双服务”"
_UNITS_UP = (Kind.UNIT, *PLACES)

BURDEN = "burden"
"""The code of the table of what reporting costs, which everybody reads."""

TABLES = (
    TableDeclaration(
        "implementation",
        f"市直单位{_SCHEME}制度落实情况统计表",
        RowsOf.BELOW,
        _UNITS_UP,
        (
            Column("组织名称", fact="name", width=11),
            Column("在职党员数", metric_formula("in_service")),
            Column("报到党员数", metric_formula("registered")),
            Column("报到率", share_formula("registered", "in_service"), width=4.6),
            Column("认领岗位数", metric_formula("posts_held")),
            Column("征集需求数", metric_formula("unit_needs")),
            Column("参与志愿服务人次", metric_formula("services")),
            Column("服务时长（小时）", metric_formula("minutes")),
            Column("办实事次数", metric_formula("solutions")),
            Column("实现微心愿数", metric_formula("solutions_wishes")),
            Column("结对帮扶数", metric_formula("pairings_held")),
        ),
        kinds=(Kind.BRANCH, Kind.UNIT),
        note="报到党员{registered}名，认领岗位{posts_held}个，征集需求{unit_needs}件，"
        "参与志愿服务{services}人次，办实事{solutions}件，实现微心愿{solutions_wishes}个。",
        proposed=True,
        quarterly=True,
    ),
    TableDeclaration(
        "solutions",
        f"市直单位{_SCHEME}为社区解决问题情况统计表",
        RowsOf.BELOW,
        _UNITS_UP,
        (
            Column("组织名称", fact="name", width=11),
            Column("征集需求数", metric_formula("unit_needs")),
            Column("办实事次数", metric_formula("solutions")),
            Column("其中解决问题数", metric_formula("solutions_problems")),
            Column("其中实现微心愿数", metric_formula("solutions_wishes")),
            Column("其中办结点单数", metric_formula("solutions_orders")),
            Column("对应需求服务人次", metric_formula("for_needs")),
            Column("对应需求服务时长（小时）", metric_formula("minutes_for_needs")),
            Column("占服务时长", share_formula("minutes_for_needs", "minutes"), width=4.6),
            Column("服务对象确认人次", metric_formula("confirmed")),
        ),
        kinds=(Kind.BRANCH, Kind.UNIT),
        note="为社区办实事{solutions}件，其中解决问题{solutions_problems}件，"
        "实现微心愿{solutions_wishes}个，办结点单{solutions_orders}件。",
        proposed=True,
        quarterly=True,
    ),
    TableDeclaration(
        "coverage",
        "在职党员进社区报到覆盖情况统计表",
        RowsOf.BELOW,
        PLACES,
        (
            Column("组织名称", fact="name", width=11),
            Column("所属党员总数", metric_formula("members")),
            Column("其中在职党员数", metric_formula("in_service")),
            Column("居住在本区党员数", metric_formula("living_in_district")),
            Column("已报到党员数", metric_formula("registered")),
            Column("报到率", share_formula("registered", "in_service"), width=4.6),
            Column("单位报到数", metric_formula("units_registered")),
        ),
        kinds=(Kind.DISTRICT, Kind.STREET, Kind.COMMUNITY, Kind.UNIT),
        note="“居住在本区”指在职党员的居住社区在其单位所在的区内；市属单位指在本市各区内。"
        "尚有{home_unknown}名在职党员未登记居住社区，不计入其中。",
    ),
    TableDeclaration(
        BURDEN,
        "基层报送负担情况统计表",
        RowsOf.BELOW,
        PLACES,
        (
            Column("组织名称", fact="name", width=11),
            Column("被要求报送次数", metric_formula("forms_to_fill")),
            Column("手填项数", metric_formula("fields_typed")),
            Column("系统填好的数字", metric_formula("figures_filled")),
            Column("拒绝的重复要求", metric_formula("doubles_refused")),
        ),
        kinds=(Kind.DISTRICT, Kind.STREET, Kind.COMMUNITY, Kind.UNIT),
        proposed=True,
    ),
    TableDeclaration(
        "contacts",
        "城市社区联系方式一览表",
        RowsOf.COMMUNITIES,
        PLACES,
        (
            Column("社区名称", fact="name", width=9),
            Column("所属街道", fact="above", width=9),
            Column("办公地址", fact="address", width=14),
            Column("联系人", fact="contact_name", width=5),
            Column("联系电话", fact="contact_phone", width=8),
        ),
    ),
    TableDeclaration(
        "services",
        "单位在职党员进社区服务清单",
        RowsOf.SERVICES,
        (Kind.BRANCH, Kind.UNIT),
        (
            Column("服务日期", fact="served_on", width=6),
            Column("服务社区", fact="community", width=9),
            Column("服务内容", fact="title", width=14),
            Column("服务类型", fact="category", width=6),
            Column("参加人次", fact="people"),
            Column("服务时长（小时）", fact="hours"),
        ),
    ),
    TableDeclaration(
        "members",
        "社区在职党员信息库",
        RowsOf.MEMBERS,
        (Kind.COMMUNITY,),
        (
            Column("姓名", fact="name", width=5),
            Column("志愿服务编号", fact="number", width=6),
            Column("性别", fact="sex", width=2.4),
            Column("工作单位", fact="unit", width=10),
            Column("党支部", fact="branch", width=8),
            Column("职务", fact="position", width=6),
            Column("特长", fact="specialty", width=7),
            Column("服务意愿", fact="wishes", width=7),
            Column("网格", fact="grid", width=5),
            Column("服务队", fact="team", width=6),
            Column("报到时间", fact="accepted_on", width=6),
        ),
        readers=Permission.PERSON_READ,
    ),
    TableDeclaration(
        "ledger",
        "社区在职党员服务台账",
        RowsOf.MEMBERS,
        (Kind.COMMUNITY,),
        (
            Column("姓名", fact="name", width=5),
            Column("志愿服务编号", fact="number", width=6),
            Column("工作单位", fact="unit", width=11),
            Column("服务队", fact="team", width=6),
            Column("有效认领数", metric_formula("claims_live")),
            Column("在此服务人次", metric_formula("services_here")),
            Column("在此服务时长（小时）", metric_formula("minutes_here")),
            Column("服务对象确认人次", metric_formula("confirmed_here")),
        ),
        readers=Permission.PERSON_READ,
    ),
)
"""In the order in which they are offered."""

for _declaration in TABLES:
    check_declaration(_declaration)

BY_CODE = {one.code: one for one in TABLES}


def tables_at(level: Kind) -> tuple[TableDeclaration, ...]:
    """Those that stand at this level."""
    return tuple(one for one in TABLES if level in one.levels)
