"""A member's copy of what they committed to, in their language."""

from django.utils.translation import gettext

from baodao.commitments.models import Commitment
from baodao.commitments.queries.commitments import own_commitments
from baodao.commitments.templatetags.commitment_words import titles_of, yearly_words
from baodao.kernel.authz import Actor

Row = dict[str, object]


def copied(actor: Actor) -> dict[str, list[Row]]:
    """Every version, also of what was withdrawn, as a list of named values."""
    return {gettext("Commitments"): list(map(_row, own_commitments(actor)))}


def _row(row: Commitment) -> Row:
    return {
        gettext("Year"): row.year,
        gettext("Community"): row.registration.community.name,
        gettext("Committed at"): row.since,
        gettext("In force until"): row.until,
        gettext("Posts and projects"): titles_of(row),
        gettext("What I can do"): row.services,
        gettext("Service in the year"): yearly_words(row),
        gettext("In my own words"): row.words,
        gettext("Agreed that it is posted up (version of the words)"): row.consent,
        gettext("Agreement taken back at"): row.consent_until,
    }
