"""How service is recorded, as the kind has it: by the list of who came, or by the day."""

from datetime import datetime

from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.kinds import Kind, Recording


def check_by_list(kind: Kind) -> None:
    """Refuse a list where service is recorded by the day."""
    if kind.recording is not Recording.LIST:
        raise Refused(
            "roll.by-day",
            gettext_noop("The service in this %(kind)s is recorded by the day it was done."),
            kind=kind.words.noun,
        )


def check_by_day(kind: Kind) -> None:
    """Refuse a day where who came is recorded by a list."""
    if kind.recording is not Recording.DAY:
        raise Refused(
            "roll.by-list",
            gettext_noop("Who came to this %(kind)s is recorded by its list."),
            kind=kind.words.noun,
        )


def check_begun(kind: Kind, starts_at: datetime, now: datetime) -> None:
    """Refuse a list before the hours have begun."""
    if starts_at > now:
        raise Refused(
            "roll.early",
            gettext_noop("The %(kind)s has not begun; record it afterwards."),
            kind=kind.words.noun,
        )
