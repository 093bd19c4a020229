"""Who in service has not reported, and why: one reason a person, the same everywhere."""

from baodao.exemptions.rules.reasons import Effect
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.registration.rules.states import State


class Why(Code):
    """Why somebody in service is not registered."""

    NO_LETTER = "no-letter", gettext_noop("No letter yet")
    NOT_PRESENTED = "not-presented", gettext_noop("Letter not presented")
    WAITING = "waiting", gettext_noop("Waiting for the community")
    RETURNED = "returned", gettext_noop("Returned by the community")
    EXEMPT = "exempt", gettext_noop("Exempt")
    DELAYED = "delayed", gettext_noop("Delayed")
    OTHER_PLACE = "other-place", gettext_noop("Reports elsewhere")


LET_OFF = (Why.EXEMPT, Why.OTHER_PLACE)
SPARED = (Why.DELAYED, *LET_OFF)

BY_EFFECT = {
    Effect.FULL: Why.EXEMPT,
    Effect.DELAY: Why.DELAYED,
    Effect.OTHER_PLACE: Why.OTHER_PLACE,
}
BY_STATE = {
    State.ISSUED: Why.NOT_PRESENTED,
    State.SUBMITTED: Why.WAITING,
    State.RETURNED: Why.RETURNED,
}


def why_missing(state: str | None, effect: str | None) -> Why | None:
    """The reason, from the live registration's state and the effect of an exemption in force.

    None when registered. Who waits for the community waits, exempt or not; otherwise an
    exemption that lifts or moves the duty goes before an unused letter.
    """
    if state == State.ACCEPTED:
        return None
    if state == State.SUBMITTED:
        return Why.WAITING
    if effect is not None and Effect(effect) in BY_EFFECT:
        return BY_EFFECT[Effect(effect)]
    return BY_STATE[State(state)] if state is not None else Why.NO_LETTER
