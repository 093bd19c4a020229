"""What a report of a community or a street may say of who reported there and what was done."""

from baodao.sentences.rules.sentences import BEFORE, Comparison, ReportPart, Sentence

_AGAINST = "services_here" + BEFORE
_SOME, _NONE = ">", "="


def _basic(code: str, words: str, *when: Comparison) -> Sentence:
    return Sentence(code, ReportPart.BASIC, words, when)


def _work(code: str, words: str, *when: Comparison) -> Sentence:
    return Sentence(code, ReportPart.WORK, words, when)


def _problem(code: str, words: str, *when: Comparison) -> Sentence:
    return Sentence(code, ReportPart.PROBLEMS, words, when)


def _step(problem: str, words: str) -> Sentence:
    return Sentence(f"see-to-{problem}", ReportPart.STEPS, words, follows=problem)


_HOSTED = (
    _basic(
        "hosting",
        "截至{as_of}，报到单位{hosted_units}个，在册报到党员{hosted}名。",
        Comparison("hosted", _SOME),
        Comparison("hosted_units", _SOME),
    ),
    _basic(
        "hosting-members",
        "截至{as_of}，在册报到党员{hosted}名。",
        Comparison("hosted", _SOME),
        Comparison("hosted_units", _NONE),
    ),
    _basic(
        "in-teams",
        "设服务队{teams}支，编入服务队的报到党员{hosted_in_teams}名，入队率{hosted_in_teams_rate}。",
        Comparison("teams", _SOME),
        Comparison("hosted_in_teams", _SOME),
    ),
)
_COMMUNITIES = (
    _basic("communities", "辖区共有社区{communities}个。", Comparison("communities", _SOME)),
    _basic(
        "communities-all",
        "每个社区都有党员报到。",
        Comparison("communities", _SOME),
        Comparison("communities_empty", _NONE),
    ),
)
_OWN = (
    _basic(
        "own-units",
        "所属单位{units}个，其中已到社区报到{units_registered}个。",
        Comparison("units", _SOME),
    ),
    _basic(
        "own-members",
        "所属单位在职党员{in_service}名，已报到{registered}名，报到率{registered_rate}。",
        Comparison("in_service", _SOME),
    ),
)
_WORK = (
    _work(
        "served-here",
        "{period}报到党员服务{services_here}人次，服务时长{minutes_here}小时。",
        Comparison("services_here", _SOME),
    ),
    _work(
        "served-by",
        "参加服务的报到党员{hosted_served}名。",
        Comparison("hosted_served", _SOME),
    ),
    _work(
        "needs",
        "征集需求{needs_collected}件，办实事{needs_met}件。",
        Comparison("needs_collected", _SOME),
        Comparison("needs_met", _SOME),
    ),
    _work(
        "needs-collected",
        "征集需求{needs_collected}件。",
        Comparison("needs_collected", _SOME),
        Comparison("needs_met", _NONE),
    ),
    _work(
        "needs-met",
        "办实事{needs_met}件。",
        Comparison("needs_collected", _NONE),
        Comparison("needs_met", _SOME),
    ),
    _work("wishes", "其中实现微心愿{wishes_met}个。", Comparison("wishes_met", _SOME)),
    _work("orders", "其中办结点单{orders_met}件。", Comparison("orders_met", _SOME)),
    _work("pairings", "现有结对帮扶{pairings}项。", Comparison("pairings", _SOME)),
    _work(
        "word",
        "群众评价{ratings}次，满意{ratings_satisfied}次，满意率{ratings_satisfied_rate}。",
        Comparison("ratings_satisfied", _SOME),
    ),
)
_GROWTH = _work(
    "growth",
    "服务人次由上期的{services_here_before}人次增加到{services_here}人次。",
    Comparison(_AGAINST, _SOME),
    Comparison("services_here", ">", _AGAINST),
)
_FALL = _problem(
    "fall",
    "服务人次由上期的{services_here_before}人次减少到{services_here}人次。",
    Comparison("services_here", "<", _AGAINST),
)
_PROBLEMS = (
    _problem(
        "to-receive",
        "{hosted_waiting}名党员的介绍信尚未接收。",
        Comparison("hosted_waiting", _SOME),
    ),
    _problem(
        "without-service",
        "报到党员{hosted}名，{period}有服务记录的只有{hosted_served}名。",
        Comparison("hosted", _SOME),
        Comparison("hosted_served", "<", "hosted"),
    ),
    _problem(
        "needs-wait",
        "待帮助需求{needs_without_help}件，最早的一件已等待{oldest_need}天。",
        Comparison("needs_without_help", _SOME),
    ),
    _problem(
        "orders-wait",
        "超过一周未办结的点单{orders_long}件。",
        Comparison("orders_long", _SOME),
    ),
    _problem(
        "unsolved",
        "群众反映尚未解决{ratings_unsolved}次。",
        Comparison("ratings_unsolved", _SOME),
    ),
    _problem("unmet", "未能满足的需求{needs_unmet}件。", Comparison("needs_unmet", _SOME)),
)
_IDLE_UNITS = _problem(
    "idle-units",
    "{idle_units}的报到党员{period}没有服务记录。",
    Comparison("idle_units", _SOME),
)
_GAPS = (
    _problem("empty", "{empty_communities}没有党员报到。", Comparison("empty_communities", _SOME)),
    _problem(
        "crowded",
        "报到党员的一半以上集中在{crowded_communities}。",
        Comparison("communities", ">", 2),
        Comparison("crowded_communities", _SOME),
    ),
    _problem(
        "needy",
        "待帮助的需求在{needy_communities}。",
        Comparison("needy_communities", _SOME),
    ),
)
_OWN_MISSING = _problem(
    "own-missing",
    "所属单位尚有{missing}名在职党员未报到。",
    Comparison("missing", _SOME),
)

_STEPS = (
    _step("to-receive", "办结{hosted_waiting}名党员的接收。"),
    _step("without-service", "为没有服务记录的报到党员对接岗位和活动。"),
    _step("orders-wait", "逐件督办超过一周未办结的{orders_long}件点单。"),
    _step("unsolved", "对反映尚未解决的{ratings_unsolved}次评价逐一回访。"),
    _step("unmet", "对未能满足的{needs_unmet}件需求向居民说明原因，寻找其他办法。"),
)
_AFTER_FALL = _step("fall", "逐月核对服务人次，按居民需求安排服务。")

FEEDBACK = (
    *_HOSTED,
    *_WORK,
    _GROWTH,
    *_PROBLEMS,
    _IDLE_UNITS,
    _FALL,
    *_STEPS,
    _step("needs-wait", "请各报到单位组织党员认领待帮助的{needs_without_help}件需求。"),
    _step("idle-units", "请{idle_units}与社区商定服务安排。"),
    _AFTER_FALL,
)
QUARTERLY = (
    *_COMMUNITIES,
    *_HOSTED,
    *_WORK,
    _GROWTH,
    *_PROBLEMS,
    *_GAPS,
    _FALL,
    *_STEPS,
    _step("needs-wait", "把待帮助的{needs_without_help}件需求交由报到单位和党员认领。"),
    _step("empty", "为{empty_communities}联系报到单位和党员。"),
    _step("crowded", "引导新报到党员到力量不足的社区。"),
    _step("needy", "由街道协调{needy_communities}所缺的力量。"),
    _AFTER_FALL,
)
DUTIES = (*QUARTERLY, *_OWN, _OWN_MISSING, _step("own-missing", "督促所属单位办理报到。"))
