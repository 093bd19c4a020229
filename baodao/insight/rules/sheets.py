"""The official tables on paper: the form of each, and the sentence below it."""

from dataclasses import dataclass
from string import Formatter

from baodao.figures.rules.sheets import BRANCHES_UP, COMMUNITIES_UP, StatSheet
from baodao.orgs.rules.tree import Kind

FORMS = {
    StatSheet.REGISTRATION: "registration-table",
    StatSheet.SERVICE: "service-table",
}
"""The form on which each is printed."""


@dataclass(frozen=True)
class Clause:
    """A part of the sentence below a table at some levels; `{code}` stands for that total."""

    levels: tuple[Kind, ...]
    text: str

    @property
    def metrics(self) -> list[str]:
        """The codes of the totals it tells."""
        return [code for _, code, _, _ in Formatter().parse(self.text) if code]


NOTES: dict[StatSheet, tuple[Clause, ...]] = {
    StatSheet.REGISTRATION: (
        Clause(
            BRANCHES_UP,
            "本单位共有在职党员{in_service}名，到社区报到党员{registered}名；"
            "其中住在本市的在职党员{living_in_city}名",
        ),
        Clause(
            (Kind.COMMUNITY,),
            "在本社区报到的党员{hosted}名，待接收{hosted_waiting}名，"
            "在本社区报到的单位{hosted_units}个",
        ),
    ),
    StatSheet.SERVICE: (
        Clause(
            BRANCHES_UP,
            "在职党员{in_service}名中{served}名参加服务，共{services}人次{minutes}小时，"
            "认领岗位{posts_held}个",
        ),
        Clause(
            COMMUNITIES_UP,
            "在此报到的党员{hosted}名中{hosted_served}名参加服务；"
            "在此开展服务{services_here}人次{minutes_here}小时；"
            "征集需求{needs_collected}件，办实事{needs_met}件，"
            "未能满足{needs_unmet}件，待帮助{needs_without_help}件",
        ),
    ),
}
"""On paper, always Chinese. A place tells what its members did and what was done there."""
