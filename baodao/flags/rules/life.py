"""The life of a flag: noted, explained where the community is asked, in order by a human's word.

That its record was put right is read from the ledger and never kept here.
"""

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life


class FlagState(Code):
    """待核查, 待社区说明, 社区已说明, 核查无误."""

    OPEN = "open", gettext_noop("To be looked at")
    ASKED = "asked", gettext_noop("The community is asked")
    EXPLAINED = "explained", gettext_noop("The community has explained it")
    DISMISSED = "dismissed", gettext_noop("In order")


MOST_EXPLANATION = 500
"""The longest explanation, in characters."""

CORRECTED = "corrected", gettext_noop("The record was reversed")
"""How a flag is told whose record counts no more, with its words."""

FLAG = Life(
    "flag",
    moves={
        FlagState.OPEN: {FlagState.ASKED, FlagState.DISMISSED},
        FlagState.ASKED: {FlagState.EXPLAINED, FlagState.DISMISSED},
        FlagState.EXPLAINED: {FlagState.ASKED, FlagState.DISMISSED},
        FlagState.DISMISSED: (),
    },
    refusals={
        FlagState.OPEN: gettext_noop("Nobody has asked the community about this record."),
        FlagState.ASKED: gettext_noop("The community has been asked and has not answered yet."),
        FlagState.EXPLAINED: gettext_noop("The community has explained this record already."),
        FlagState.DISMISSED: gettext_noop("This record was found in order already."),
    },
)


def check_standing(*, is_reversed: bool) -> None:
    """Refuse to go on about a record that counts no more."""
    if is_reversed:
        raise Refused(
            "flag.corrected",
            gettext_noop("The record was reversed meanwhile and counts no more; this is settled."),
        )


def check_answerer(community: str, *, is_closed: bool) -> None:
    """Refuse to ask a community of which nobody is left to answer."""
    if is_closed:
        raise Refused(
            "flag.nobody-answers",
            gettext_noop(
                "%(community)s was closed and nobody took over its work, so nobody can explain the "
                "record. Decide from what you see, and write down whom else you asked."
            ),
            community=community,
        )
