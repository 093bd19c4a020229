"""What a team is of, who leads it and why it is suggested, in the reader's words."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.translation import gettext, ngettext

from baodao.teams.rules.suggestions import Suggestion
from baodao.teams.rules.teams import Bond, Passage

register = template.Library()


@register.filter
def bond_word(bond: str) -> str:
    """业缘."""
    return gettext(Bond.words_of(bond))


@register.filter
def passage_word(passage: str) -> str:
    """退队."""
    return gettext(Passage.words_of(passage))


@register.filter
def leader_names(leaders: Iterable[Mapping[str, str]]) -> str:
    """Who leads it, of a counted team."""
    return "、".join(row["name"] for row in leaders)


@register.filter
def suggestion_reason(row: Suggestion) -> str:
    """Why these people could be a team."""
    sentences = {
        Bond.TRADE: ngettext(
            "%(count)s member knows about %(word)s and is in no team yet.",
            "%(count)s members know about %(word)s and are in no team yet.",
            len(row.members),
        ),
        Bond.INTEREST: ngettext(
            "%(count)s member likes %(word)s and is in no team yet.",
            "%(count)s members like %(word)s and are in no team yet.",
            len(row.members),
        ),
        Bond.PLACE: ngettext(
            "%(count)s member is in the grid %(word)s and in no team yet.",
            "%(count)s members are in the grid %(word)s and in no team yet.",
            len(row.members),
        ),
    }
    return sentences[row.bond] % {"count": len(row.members), "word": row.word}
