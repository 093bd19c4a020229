"""Figures of what reporting costs units and communities, and what was spared them."""

from baodao.burden.rules.entries import BurdenKind
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sources import BURDEN
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import Condition, Trait

NOTED_AT = Trait("noted_at")


def _of(kind: BurdenKind) -> Condition:
    """Entries of a kind that were noted in the period."""
    return Trait("kind").one_of(kind) & NOTED_AT.in_period


METRICS = (
    Metric(
        "forms_to_fill",
        BURDEN,
        gettext_noop("Forms to fill in"),
        "被要求报送次数",
        gettext_noop(
            "Requests for a report that were sent to a unit or community in the period, once for "
            "each of them."
        ),
        _of(BurdenKind.FORM),
    ),
    Metric(
        "fields_typed",
        BURDEN,
        gettext_noop("Fields typed"),
        "手填项数",
        gettext_noop(
            "Fields that people of a unit or community filled in by hand in answers submitted in "
            "the period; in a new version those that they changed."
        ),
        _of(BurdenKind.FIELD),
    ),
    Metric(
        "figures_filled",
        BURDEN,
        gettext_noop("Figures filled in from the records"),
        "系统填好的数字",
        gettext_noop(
            "Figures in answers submitted in the period that were counted from the records, so "
            "that nobody typed them; once for each answer."
        ),
        _of(BurdenKind.FIGURE),
    ),
    Metric(
        "doubles_refused",
        BURDEN,
        gettext_noop("Asked twice and refused"),
        "拒绝的重复要求",
        gettext_noop(
            "Fields that another request of the same time asked already, so that they could not be "
            "asked again; once for each unit or community that was spared them."
        ),
        _of(BurdenKind.DOUBLE),
    ),
)
