"""How rounds and verdicts are called: in the reader's language, and in Chinese on paper and in
notices."""

from django.utils import translation
from django.utils.translation import gettext

from baodao.honours.models import HonourProposal, HonourRound
from baodao.honours.rules.lives import HonourVerdict
from baodao.ui.wording import period_words


def title_of(round: HonourRound) -> str:  # noqa: A002 - the field's own term
    """What is judged, of which time."""
    return gettext("%(what)s, %(time)s") % {
        "what": round.get_kind_display(),
        "time": period_words(round.period),
    }


def official_title(round: HonourRound) -> str:  # noqa: A002 - as above
    """The title as papers and notices have it."""
    with translation.override("zh-hans"):
        return title_of(round)


def official_verdict(verdict: str) -> str:
    """A verdict as papers and notices have it."""
    with translation.override("zh-hans"):
        return words_of_verdict(verdict)


def award_of(row: HonourProposal) -> str:
    """What a certificate says of who is honoured: a star by its name, else what was judged."""
    if row.award:
        return row.award
    with translation.override("zh-hans"):
        return row.round.get_kind_display()


def words_of_verdict(verdict: str) -> str:
    """A verdict in the reader's language."""
    return gettext(HonourVerdict.words_of(verdict)) if verdict else ""
