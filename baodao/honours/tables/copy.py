"""A member's copy of the words on them and of what they objected to, in their language."""

from django.utils.translation import gettext

from baodao.honours.models import HonourObjection, HonourProposal
from baodao.honours.queries.grounds import ground_words
from baodao.honours.queries.rounds import own_objections, own_proposals
from baodao.honours.queries.words import title_of, words_of_verdict
from baodao.kernel.authz import Actor

Row = dict[str, object]


def copied(actor: Actor) -> dict[str, list[Row]]:
    """What was signed on the actor and was in publicity, and their objections."""
    return {
        gettext("My appraisal and honours"): list(map(_word, own_proposals(actor))),
        gettext("My objections"): list(map(_objection, own_objections(actor))),
    }


def _word(row: HonourProposal) -> Row:
    rulings = [one for one in row.rulings.all() if one.verdict]
    return {
        gettext("Round"): title_of(row.round),
        gettext("Held by"): row.round.organisation.name,
        gettext("State"): row.round.get_state_display(),
        gettext("Word signed"): words_of_verdict(row.verdict),
        gettext("Signed by"): row.signed_by,
        gettext("Signed on"): row.signed_at,
        gettext("Named because"): row.nomination,
        gettext("What the policy found"): ground_words(row),
        gettext("Version of the policy"): row.ground.get("version", ""),
        gettext("What was signed"): "；".join(map(_ruling, rulings)),
        gettext("Number"): row.round.number_text,
    }


def _ruling(row: object) -> str:
    parts = (row.get_basis_display(), words_of_verdict(row.verdict), row.ruled_by, row.reason)  # type: ignore[attr-defined]
    return " ".join(filter(None, parts))


def _objection(row: HonourObjection) -> Row:
    return {
        gettext("Round"): title_of(row.proposal.round),
        gettext("Name"): row.proposal.name,
        gettext("Objection"): row.text,
        gettext("State"): row.get_state_display(),
        gettext("Answer"): row.answer,
    }
