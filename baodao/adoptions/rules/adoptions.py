"""When a policy may be adopted, beside another or below one, and taken back."""

from collections.abc import Sequence
from datetime import date

from baodao.adoptions.rules.strictness import Strictness, StrictnessCheck
from baodao.kernel.errors import Refused, gettext_noop
from baodao.policies.rules.documents import switches_of
from baodao.policies.rules.grammar import RuleSet

BASIS = 100
SETTLE_DAYS = 31
MOST_SETTLE_DAYS = 180
"""For how many days after a period late records may count at most."""


def needed_switches(rules: RuleSet) -> list[str]:
    """The switches without which the policy is neither adopted nor applied nor shown: points and
    stars (国办函〔2026〕12号); a grade by a value is points by another name."""
    names = switches_of(rules)
    if rules.outcome.bands is not None and "points" not in names:
        names = ["points", *names]
    return names


def check_switches(missing: Sequence[str]) -> None:
    """Refuse what needs a switch that is off; `missing` are the names of these."""
    if missing:
        raise Refused(
            "adoption.switch",
            gettext_noop(
                "This policy gives points, grades or stars. They are off until the switch "
                "(%(switches)s) is turned on with its basis, by two administrators, until a day."
            ),
            switches=list(missing),
        )


def check_recorded(what: str) -> None:
    """Refuse what would come to nothing for everybody for ever; `what` names it, "" for nothing."""
    if what:
        raise Refused(
            "adoption.unrecorded",
            gettext_noop(
                "This policy counts what is recorded nowhere here and comes to 0 for everybody: "
                "%(what)s. Take that part out first, then adopt the new version."
            ),
            what=what,
        )


def check_settle_days(days: int) -> None:
    """Refuse to keep a period open for ever."""
    if not 0 <= days <= MOST_SETTLE_DAYS:
        raise Refused(
            "adoption.settle-days",
            gettext_noop("Late records count for 0 to %(most)s days after a period."),
            most=MOST_SETTLE_DAYS,
        )


def check_allowed(above: str, *, may_be_stricter: bool) -> None:
    """Refuse a policy of one's own about whom a policy from above is about, where that does not
    allow it; `above` is who adopted that one."""
    if not may_be_stricter:
        raise Refused(
            "adoption.above",
            gettext_noop(
                "%(above)s has adopted a policy about the same people and does not allow a "
                "stricter one below it. Ask there, or apply theirs as it stands."
            ),
            above=above,
        )


def check_strict(
    comparison: StrictnessCheck, above: str, bounds: str, *, is_stricter: bool
) -> None:
    """Refuse what asks less than the policy from above. Where comparing cannot tell, whoever adopts
    says (`is_stricter`) that it asks at least as much; `bounds` are those in question, in words."""
    if comparison.strictness is Strictness.WEAKER:
        raise Refused(
            "adoption.weaker",
            gettext_noop(
                "The policy of %(above)s asks more: %(bounds)s. A policy below it asks at least as "
                "much."
            ),
            above=above,
            bounds=bounds,
        )
    if comparison.strictness is Strictness.UNDECIDED and not is_stricter:
        raise Refused(
            "adoption.unclear",
            gettext_noop(
                "Whether this asks at least as much as the policy of %(above)s cannot be told by "
                "comparing the texts. Read both, and tick that it does."
            ),
            above=above,
        )


def check_next(running_until: date | None, from_on: date, present_last: date) -> None:
    """Refuse another version of a policy in the middle of a period of which one speaks already:
    `running_until` is the last day of the present period while one runs in it."""
    if running_until is not None and from_on <= present_last:
        raise Refused(
            "adoption.running",
            gettext_noop(
                "The present period follows the version that was adopted for it, up to %(day)s. "
                "The new one begins with the next period."
            ),
            day=running_until,
        )


def may_withdraw(from_on: date, adopted_on: date | None, today: date) -> bool:
    """Whether it can be taken back: before it holds, and a mistake on the day of the decision."""
    return from_on > today or adopted_on == today


def check_withdrawal(from_on: date, adopted_on: date, today: date) -> None:
    """Refuse to take back what holds already."""
    if not may_withdraw(from_on, adopted_on, today):
        raise Refused(
            "adoption.begun",
            gettext_noop(
                "It holds since %(day)s and is not taken back; it can be ended with a period."
            ),
            day=from_on,
        )
