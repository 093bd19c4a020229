"""What stands on the papers of a round: names and words, in the order of the tree and of names."""

from collections import Counter

from django.utils.translation import gettext

from baodao.documents.rules import digest_of, facts_text
from baodao.documents.sheets import Item
from baodao.honours.models import HonourProposal, HonourRound
from baodao.honours.queries.rounds import changes_of, public_lines
from baodao.honours.queries.words import (
    award_of,
    official_title,
    official_verdict,
    words_of_verdict,
)
from baodao.honours.rules.lives import BY_NAME, VERDICTS, HonourKind
from baodao.kernel import clock
from baodao.orgs.queries.periods import names_at
from baodao.people.queries.members import unit_of


def list_item(row: HonourRound) -> Item:
    """The list as it stands now: who is on it and nothing of who is not."""
    lines = [_line(one) for one in public_lines(row)]
    return {
        "honour_title": official_title(row),
        "honour_issuer": names_at([row.organisation_id], clock.now())[row.organisation_id],
        "honour_from": row.public_on,
        "honour_until": row.public_until,
        "honour_changes": change_words(row),
        "rows": lines,
    }


def list_digest(row: HonourRound) -> str:
    """The hash of the word on each who is judged, whether it stands on the list or not: whoever
    publishes or issues the list carries it. SHA-256 in hexadecimal digits."""
    words = row.proposals.order_by("pk").values_list("pk", "verdict")
    return digest_of(facts_text({str(key): verdict for key, verdict in words})).hex()


def word_digest(row: HonourProposal) -> str:
    """The hash of the word that holds on one and of who signed it when: whoever signs another word,
    lets it stand or answers an objection carries it. SHA-256 in hexadecimal digits."""
    signed_at = row.signed_at.isoformat() if row.signed_at else ""
    word = {"proposed": row.proposed, "verdict": row.verdict, "by": row.signed_by, "at": signed_at}
    return digest_of(facts_text(word)).hex()


def verdict_counts(row: HonourRound) -> list[tuple[str, object]]:
    """How many have each word, as pairs of the word and a number, in the order of the words; last
    those who are not signed."""
    counts = Counter(row.proposals.values_list("verdict", flat=True))
    codes = [verdict.value for verdict in VERDICTS[HonourKind(row.kind)]]
    numbers = [(words_of_verdict(code), counts[code]) for code in codes]
    unsigned = [(gettext("Not signed"), counts[""])] if counts[""] else []
    return [*numbers, *unsigned]


def _line(row: HonourProposal) -> Item:
    is_honour = row.round.kind in (*BY_NAME, HonourKind.RATING)
    word = award_of(row) if is_honour else official_verdict(row.verdict)
    return {**subject_item(row), "honour_verdict": word}


def subject_item(row: HonourProposal) -> Item:
    """Who it is, and where they belonged at the instant of the round, as it was called then."""
    places = {row.branch_id: row.branch}
    unit = unit_of(row.branch)
    places[unit.pk] = unit
    names = names_at(places, row.round.as_of)
    belongs = [names[unit.pk]] if row.person_id else []
    if unit.pk != row.branch_id:
        belongs.append(names[row.branch_id])
    name = row.name if row.person_id else names[row.branch_id]
    return {"honour_name": name, "honour_belongs": "".join(belongs)}


def whole_name(row: HonourProposal) -> str:
    """Who it is with where they belonged, as a certificate has it; of a unit its name."""
    item = subject_item(row)
    return " ".join(filter(None, (str(item["honour_belongs"]), str(item["honour_name"]))))


def change_words(row: HonourRound) -> str:
    """That the list became another, and how, in words for everybody: who was put onto it is named,
    who left it is not."""
    change = changes_of(row)
    parts = []
    if change.added:
        parts.append(f"增加{'、'.join(change.added)}")
    if change.removed:
        parts.append(f"减少{change.removed}个")
    return f"经核实，名单已作调整：{'，'.join(parts)}。" if parts else ""
