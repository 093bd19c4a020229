"""Figures of service: what members did, and what was done in a community."""

from baodao.figures.rules.definitions import Measure, Metric, Share
from baodao.figures.rules.sheets import BRANCHES_UP, COMMUNITIES_UP, StatSheet
from baodao.figures.rules.sources import CORRECTIONS, SERVICES, SERVICES_HERE, Source
from baodao.kernel.errors import gettext_noop
from baodao.ledger.rules.records import Origin, Way
from baodao.tallies.rules.conditions import Condition, Trait
from baodao.tallies.rules.parts import ANSWERING, CONFIRMED, ORIGIN, WAY

MINUTES, CATEGORY, RECORDED_AT = Trait("minutes"), Trait("category"), Trait("recorded_at")
_TIME = gettext_noop(
    "The time of these services without travel; added up in minutes, shown in hours."
)

_IN_ALL = (
    Metric(
        "services",
        SERVICES,
        gettext_noop("Services done"),
        "服务人次",
        gettext_noop(
            "Services done in the period, recorded by then and not reversed, of people who "
            "belonged to this branch or unit when they were recorded: one a person and service."
        ),
        columns={StatSheet.SERVICE: BRANCHES_UP},
    ),
    Metric(
        "minutes",
        SERVICES,
        gettext_noop("Hours served"),
        "服务时长（小时）",
        _TIME,
        columns={StatSheet.SERVICE: BRANCHES_UP},
        measure=Measure.MINUTES,
        amount=MINUTES,
    ),
    Metric(
        "services_here",
        SERVICES_HERE,
        gettext_noop("Services done here"),
        "在此服务人次",
        gettext_noop(
            "Services done in the period in a community here, recorded by then and not "
            "reversed, by members of whatever unit: one a person and service."
        ),
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
    ),
    Metric(
        "minutes_here",
        SERVICES_HERE,
        gettext_noop("Hours served here"),
        "在此服务时长（小时）",
        _TIME,
        columns={StatSheet.SERVICE: COMMUNITIES_UP},
        measure=Measure.MINUTES,
        amount=MINUTES,
    ),
)

_PARTS: tuple[tuple[str, Condition, tuple[str, str], str, str], ...] = (
    (
        "by_check_in",
        ORIGIN.one_of(Origin.CHECK_IN),
        (gettext_noop("Services checked in"), gettext_noop("Services checked in, here")),
        "现场签到人次",
        gettext_noop("Of the services done, those whose people checked in on the spot."),
    ),
    (
        "by_list",
        ORIGIN.one_of(Origin.LIST),
        (
            gettext_noop("Services from the organiser's list"),
            gettext_noop("Services from the organiser's list, here"),
        ),
        "组织者名单人次",
        gettext_noop("Of the services done, those that the organiser's list of who came recorded."),
    ),
    (
        "by_statement",
        ORIGIN.one_of(Origin.STATEMENT),
        (
            gettext_noop("Services from own statements"),
            gettext_noop("Services from own statements, here"),
        ),
        "本人申报确认人次",
        gettext_noop("Of the services done, those stated by who served and confirmed."),
    ),
    (
        "by_office",
        ORIGIN.one_of(Origin.OFFICE),
        (
            gettext_noop("Services entered at the window"),
            gettext_noop("Services entered at the window, here"),
        ),
        "窗口补录人次",
        gettext_noop("Of the services done, those that somebody entered by hand, as from paper."),
    ),
    (
        "by_import",
        ORIGIN.one_of(Origin.IMPORT),
        (
            gettext_noop("Services read from tables"),
            gettext_noop("Services read from tables, here"),
        ),
        "表格导入人次",
        gettext_noop("Of the services done, those read from a table in a file."),
    ),
    (
        "confirmed",
        CONFIRMED.holds,
        (
            gettext_noop("Services confirmed by recipients"),
            gettext_noop("Services confirmed by recipients, here"),
        ),
        "服务对象确认人次",
        gettext_noop("Of the services done, those that who was helped confirmed."),
    ),
    (
        "in_teams",
        WAY.one_of(Way.TEAM),
        (gettext_noop("Services in teams"), gettext_noop("Services in teams, here")),
        "组团服务人次",
        gettext_noop("Of the services done, those of people who served with their service team."),
    ),
    (
        "pairing_visits",
        WAY.one_of(Way.PAIRING),
        (gettext_noop("Visits of pairings"), gettext_noop("Visits of pairings, here")),
        "结对走访人次",
        gettext_noop("Of the services done, those for the household of a pairing."),
    ),
    (
        "for_needs",
        ANSWERING.holds,
        (gettext_noop("Services for needs"), gettext_noop("Services for needs, here")),
        "对应需求服务人次",
        gettext_noop(
            "Of the services done, those on an offer that answered a need when they were recorded."
        ),
    ),
)
"""Code, condition, heading of members and of a place, heading on paper, meaning."""
_SHARED = {
    "confirmed": (gettext_noop("Share confirmed"), "服务对象确认率"),
}
_FOR_NEEDS = gettext_noop(
    "Of the hours served, those on an offer that answered a need when they were recorded."
)


def _parts(source: Source, ending: str) -> tuple[Metric, ...]:
    """What is told apart of the services of a source; codes end as those of their whole."""
    here = source is SERVICES_HERE
    before = "在此" if here else ""
    metrics = [
        Metric(
            f"{code}{ending}",
            source,
            headings[here],
            f"{before}{paper_heading}",
            meaning,
            condition,
            share=Share(f"services{ending}", *_SHARED[code]) if code in _SHARED else None,
        )
        for code, condition, headings, paper_heading, meaning in _PARTS
    ]
    hours = Metric(
        f"minutes_for_needs{ending}",
        source,
        (gettext_noop("Hours for needs"), gettext_noop("Hours for needs, here"))[here],
        f"{before}对应需求服务时长（小时）",
        _FOR_NEEDS,
        ANSWERING.holds,
        share=Share(f"minutes{ending}", gettext_noop("Share for needs"), "对应需求时长占比"),
        measure=Measure.MINUTES,
        amount=MINUTES,
    )
    return (*metrics, hours)


METRICS = (
    *_IN_ALL,
    *_parts(SERVICES, ""),
    *_parts(SERVICES_HERE, "_here"),
    Metric(
        "corrections",
        CORRECTIONS,
        gettext_noop("Records reversed"),
        "更正撤销记录数",
        gettext_noop(
            "Service records here that were reversed in the period and by then, of whatever day; "
            "what took their place is counted as any other record."
        ),
        RECORDED_AT.in_period,
    ),
)
