"""Figures of what units and communities have for each other: lists, projects, agreements."""

from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sources import (
    AGREED_CLAUSES,
    AGREED_DEEDS,
    AGREEMENTS,
    LIST_CLAIMS,
    PROJECTS,
    RESOURCES,
)
from baodao.kernel.errors import gettext_noop
from baodao.resources.rules.lives import ProjectState
from baodao.tallies.rules.conditions import Trait

_SUBJECT, _STANDING = Trait("subject"), Trait("standing")

METRICS = (
    Metric(
        "resources_offered",
        RESOURCES,
        gettext_noop("Resources offered"),
        "提供资源项数",
        gettext_noop("Resources that a unit put on its list, for the first time, in the period."),
        Trait("published_at").in_period,
    ),
    Metric(
        "resources_lent",
        LIST_CLAIMS,
        gettext_noop("Times that resources were lent"),
        "借用资源次数",
        gettext_noop(
            "Times agreed by then for which a unit lends a resource to the community, that began "
            "in the period and by then."
        ),
        _SUBJECT.one_of("resource") & Trait("begun_at").in_period,
    ),
    Metric(
        "needs_taken",
        LIST_CLAIMS,
        gettext_noop("Needs that units took on"),
        "单位认领需求件次",
        gettext_noop(
            "Needs on the list of the community that a unit took on, as both agreed in the period; "
            "one that several units take on counts once for each."
        ),
        _SUBJECT.one_of("need") & Trait("agreed_at").in_period,
    ),
    Metric(
        "projects_going",
        PROJECTS,
        gettext_noop("Projects going on"),
        "进行中的共建项目",
        gettext_noop("Projects in which a unit and the community took part at that instant."),
        _STANDING.one_of(ProjectState.GOING),
    ),
    Metric(
        "projects_done",
        PROJECTS,
        gettext_noop("Projects that were done"),
        "完成共建项目",
        gettext_noop("Projects that were said to be done in the period."),
        _STANDING.one_of(ProjectState.DONE) & Trait("done_at").in_period,
    ),
    Metric(
        "agreements_in_force",
        AGREEMENTS,
        gettext_noop("Agreements in force"),
        "有效共建协议",
        gettext_noop(
            "Agreements of the year of that instant, signed by a unit and the community and not "
            "ended."
        ),
        Trait("of_this_year").holds,
    ),
    Metric(
        "clauses_kept",
        AGREED_CLAUSES,
        gettext_noop("Clauses of agreements that were kept"),
        "落实协议条款",
        gettext_noop(
            "Clauses of signed agreements of which both sides said that they were kept, the second "
            "one in the period; those of an agreement that ended later count too."
        ),
        Trait("kept_at").in_period,
    ),
    Metric(
        "agreed_activities",
        AGREED_DEEDS,
        gettext_noop("Activities held under agreements"),
        "协议内活动场次",
        gettext_noop(
            "Activities of the period that the unit held in the community of its agreement and "
            "that were recorded by then, as the agreement itself counts them."
        ),
        _SUBJECT.one_of("activity") & Trait("done_at").in_period,
    ),
    Metric(
        "agreed_services",
        AGREED_DEEDS,
        gettext_noop("Services under agreements"),
        "协议内服务人次",
        gettext_noop(
            "Services of the period by the unit's members in the community of its agreement that "
            "were recorded by then, as the agreement itself counts them."
        ),
        _SUBJECT.one_of("service") & Trait("done_at").in_period,
    ),
)
