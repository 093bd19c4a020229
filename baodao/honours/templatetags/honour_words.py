"""How rounds, words and what they rest on are written on pages."""

from django import template

from baodao.adoptions.queries.wording import reason_text
from baodao.honours.models import HonourProposal, HonourRound
from baodao.honours.queries.grounds import ground_words
from baodao.honours.queries.papers import subject_item
from baodao.honours.queries.words import award_of, title_of, words_of_verdict
from baodao.honours.rules.lives import BY_NAME, HonourKind

register = template.Library()

register.filter("title_of", title_of)
register.filter("ground", ground_words)
register.filter("verdict", words_of_verdict)
register.filter("reason", reason_text)


@register.filter
def belongs(row: HonourProposal) -> str:
    """Where who is judged belonged at the instant of the round, by the name of then."""
    return str(subject_item(row)["honour_belongs"])


@register.filter
def outcome(row: HonourProposal) -> str:
    """What a public list says: the honour, or the word."""
    is_honour = row.round.kind in (*BY_NAME, HonourKind.RATING)
    return award_of(row) if is_honour else words_of_verdict(row.verdict)


@register.filter
def objectable(row: HonourRound, today: object) -> bool:
    """Whether objections are taken today."""
    return row.state == "public" and row.public_until is not None and today <= row.public_until  # type: ignore[operator]
