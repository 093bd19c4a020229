"""What a report of a unit may say of its members: who they are, what they did, what is missing."""

from baodao.sentences.rules.sentences import BEFORE, Comparison, ReportPart, Sentence

_AGAINST = "services" + BEFORE

_BASIC = (
    Sentence(
        "roster",
        ReportPart.BASIC,
        "截至{as_of}，我单位设党支部{branches}个，共有党员{members}名，其中在职党员{in_service}名。",
        (Comparison("members", ">"), Comparison("branches", ">")),
    ),
    Sentence(
        "roster-whole",
        ReportPart.BASIC,
        "截至{as_of}，我单位共有党员{members}名，其中在职党员{in_service}名。",
        (Comparison("members", ">"), Comparison("branches", "=")),
    ),
    Sentence(
        "registered-all",
        ReportPart.BASIC,
        "在职党员{registered}名全部到社区报到。",
        (Comparison("in_service", ">"), Comparison("registered", "=", "in_service")),
    ),
    Sentence(
        "registered-some",
        ReportPart.BASIC,
        "已到社区报到{registered}名，报到率{registered_rate}。",
        (Comparison("registered", ">"), Comparison("registered", "<", "in_service")),
    ),
    Sentence(
        "exempt",
        ReportPart.BASIC,
        "经批准免予或者暂缓报到{exempt}名。",
        (Comparison("exempt", ">"),),
    ),
)
_WORK = (
    Sentence(
        "served",
        ReportPart.WORK,
        "{period}参加社区服务的在职党员{served}名，服务{services}人次，服务时长{minutes}小时。",
        (Comparison("served", ">"),),
    ),
    Sentence(
        "served-before-leaving",
        ReportPart.WORK,
        "{period}服务{services}人次，服务时长{minutes}小时。",
        (Comparison("services", ">"), Comparison("served", "=")),
    ),
    Sentence(
        "branches-serve",
        ReportPart.WORK,
        "有在职党员的党支部都参加了服务。",
        (
            Comparison("branches", ">"),
            Comparison("served", ">"),
            Comparison("idle_branches", "="),
        ),
    ),
    Sentence(
        "posts",
        ReportPart.WORK,
        "党员现认领服务岗位{posts_held}个。",
        (Comparison("posts_held", ">"),),
    ),
    Sentence(
        "collected",
        ReportPart.WORK,
        "征集社区服务需求{unit_needs}件。",
        (Comparison("unit_needs", ">"),),
    ),
    Sentence(
        "solved",
        ReportPart.WORK,
        "为社区办实事{solutions}件。",
        (Comparison("solutions", ">"),),
    ),
    Sentence(
        "wishes",
        ReportPart.WORK,
        "其中实现微心愿{solutions_wishes}个。",
        (Comparison("solutions_wishes", ">"),),
    ),
    Sentence(
        "pairings",
        ReportPart.WORK,
        "现有结对帮扶{pairings_held}项。",
        (Comparison("pairings_held", ">"),),
    ),
)
_GROWTH = Sentence(
    "growth",
    ReportPart.WORK,
    "服务人次由上期的{services_before}人次增加到{services}人次。",
    (Comparison(_AGAINST, ">"), Comparison("services", ">", _AGAINST)),
)
_PROBLEMS = (
    Sentence(
        "missing",
        ReportPart.PROBLEMS,
        "尚有{missing}名在职党员未报到。",
        (Comparison("missing", ">"),),
    ),
    Sentence(
        "missing-where",
        ReportPart.PROBLEMS,
        "未报到的在职党员在{missing_branches}。",
        (Comparison("missing_branches", ">"),),
    ),
    Sentence(
        "waiting",
        ReportPart.PROBLEMS,
        "{waiting}名在职党员的介绍信已提交，社区尚未接收。",
        (Comparison("waiting", ">"),),
    ),
    Sentence(
        "without-service",
        ReportPart.PROBLEMS,
        "在职党员{in_service}名，{period}有服务记录的只有{served}名。",
        (Comparison("in_service", ">"), Comparison("served", "<", "in_service")),
    ),
    Sentence(
        "idle",
        ReportPart.PROBLEMS,
        "{idle_branches}{period}没有在职党员的服务记录。",
        (Comparison("idle_branches", ">"),),
    ),
    Sentence(
        "without-posts",
        ReportPart.PROBLEMS,
        "报到党员{registered}名，尚无人认领服务岗位。",
        (Comparison("registered", ">"), Comparison("posts_held", "=")),
    ),
)
_FALL = Sentence(
    "fall",
    ReportPart.PROBLEMS,
    "服务人次由上期的{services_before}人次减少到{services}人次。",
    (Comparison("services", "<", _AGAINST),),
)
_STEPS = (
    Sentence(
        "see-to-missing",
        ReportPart.STEPS,
        "对未报到的{missing}名在职党员逐人核实原因，分别办理报到、免予报到或者暂缓报到。",
        follows="missing",
    ),
    Sentence(
        "see-to-waiting",
        ReportPart.STEPS,
        "与社区党组织对接，办结{waiting}名在职党员的接收。",
        follows="waiting",
    ),
    Sentence(
        "see-to-service",
        ReportPart.STEPS,
        "为没有服务记录的在职党员对接社区的岗位和活动。",
        follows="without-service",
    ),
    Sentence(
        "see-to-idle",
        ReportPart.STEPS,
        "请{idle_branches}与报到社区商定服务安排。",
        follows="idle",
    ),
    Sentence(
        "see-to-posts", ReportPart.STEPS, "组织报到党员认领服务岗位。", follows="without-posts"
    ),
)
_AFTER_FALL = Sentence(
    "see-to-fall",
    ReportPart.STEPS,
    "逐月核对各党支部的服务人次，对接社区待帮助的需求。",
    follows="fall",
)

BRIEFING = (*_BASIC, *_WORK, *_PROBLEMS, *_STEPS)
"""It tells of its period alone, without the one before."""
SUMMARY = (*_BASIC, *_WORK, _GROWTH, *_PROBLEMS, _FALL, *_STEPS, _AFTER_FALL)
