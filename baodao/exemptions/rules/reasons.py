"""Why somebody need not report, or not yet, and what each reason may change."""

from datetime import date, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code


class Effect(Code):
    """What an exemption changes: nothing is asked, less is asked, later, or elsewhere."""

    FULL = "full", gettext_noop("Exempt from reporting")
    PRO_RATA = "pro-rata", gettext_noop("Reports, with less service asked")
    DELAY = "delay", gettext_noop("Reports later")
    OTHER_PLACE = "other-place", gettext_noop("Reports in another place")


class ExemptionReason(Code):
    """外派, 长期病休, 孕产, 驻村援建, 居住外地, 其他."""

    SECONDED_AWAY = "seconded-away", gettext_noop("Seconded to another place")
    LONG_ILLNESS = "long-illness", gettext_noop("Long illness")
    MATERNITY = "maternity", gettext_noop("Pregnancy and birth")
    VILLAGE_POSTING = "village-posting", gettext_noop("Posted to a village or on assistance")
    LIVING_ELSEWHERE = "living-elsewhere", gettext_noop("Lives in another city")
    OTHER = "other", gettext_noop("Other")


EFFECTS: dict[ExemptionReason, tuple[Effect, ...]] = {
    ExemptionReason.SECONDED_AWAY: (Effect.DELAY, Effect.OTHER_PLACE, Effect.FULL),
    ExemptionReason.LONG_ILLNESS: (Effect.FULL, Effect.DELAY, Effect.PRO_RATA),
    ExemptionReason.MATERNITY: (Effect.DELAY, Effect.PRO_RATA, Effect.FULL),
    ExemptionReason.VILLAGE_POSTING: (Effect.OTHER_PLACE, Effect.DELAY, Effect.FULL),
    ExemptionReason.LIVING_ELSEWHERE: (Effect.OTHER_PLACE, Effect.FULL),
    ExemptionReason.OTHER: tuple(Effect),
}
"""What each reason may change, the usual effect first."""

MUST_END = frozenset(
    {
        ExemptionReason.SECONDED_AWAY,
        ExemptionReason.MATERNITY,
        ExemptionReason.VILLAGE_POSTING,
    }
)
"""Reasons whose last day is known beforehand."""

AGO, AHEAD, LONGEST = timedelta(days=3653), timedelta(days=366), timedelta(days=3653)
"""How long ago and how far ahead an exemption may begin, and how long it may last; what lies
beyond was mistyped."""


def check_exemption(
    *, reason: str, effect: str, evidence: str, from_on: date, to_on: date | None
) -> None:
    """Refuse a request whose reason, effect, evidence and period do not fit together."""
    if reason not in set(ExemptionReason):
        raise Refused("exemption.reason-unknown", gettext_noop("Choose the reason from the list."))
    known = ExemptionReason(reason)
    if effect not in EFFECTS[known]:
        raise Refused(
            "exemption.effect-unfit",
            gettext_noop("This effect does not go with the reason “%(reason)s”; choose another."),
            reason=known.words,
        )
    if not evidence.strip():
        raise Refused(
            "exemption.evidence-missing",
            gettext_noop("Name the document the request rests on, with its number or date."),
        )
    if to_on is None and (known in MUST_END or effect == Effect.DELAY):
        raise Refused("exemption.end-missing", gettext_noop("Say until which day it is to hold."))
    if to_on is not None and to_on < from_on:
        raise Refused(
            "exemption.ends-before-start",
            gettext_noop("The last day must not be before the first day."),
        )


def check_days(from_on: date, to_on: date | None, today: date) -> None:
    """Refuse a period that begins or ends in a year that nobody can have meant."""
    if not today - AGO <= from_on <= today + AHEAD:
        raise Refused(
            "exemption.first-day",
            gettext_noop("The first day, %(day)s, is too far from today; check the year."),
            day=from_on,
        )
    if to_on is not None and to_on - from_on > LONGEST:
        raise Refused(
            "exemption.last-day",
            gettext_noop("The last day, %(day)s, is too far from the first; check the year."),
            day=to_on,
        )
