"""How rounds and opinions are written on pages."""

from django import template
from django.utils.translation import gettext

from baodao.opinions.documents import settled_words, who
from baodao.opinions.models import OpinionAnswer, OpinionRound
from baodao.opinions.rules.rounds import QUESTIONS, OpinionMark
from baodao.ui.wording import period_words

register = template.Library()

register.filter("who", who)
register.filter("settled", settled_words)


@register.filter
def audience(row: OpinionRound) -> str:
    """Whom a round asks."""
    return row.get_audience_display()


@register.filter
def about(row: OpinionRound) -> str:
    """About which months a round asks."""
    return period_words(row.period)


@register.filter
def marks(_row: OpinionRound) -> list[str]:
    """The marks in their order."""
    return [gettext(mark.words) for mark in OpinionMark]


@register.filter
def ticks(answer: OpinionAnswer) -> list[tuple[str, str]]:
    """The lines of an opinion with what was ticked."""
    lines = QUESTIONS[answer.round.audience]
    return [
        (gettext(one.words), gettext(OpinionMark(answer.marks[one.code]).words)) for one in lines
    ]
