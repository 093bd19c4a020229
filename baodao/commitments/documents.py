"""Commitments on paper: one member's, and those that a community posts up."""

from collections.abc import Iterable

from django.utils import translation

from baodao.commitments.models import Commitment, CommitmentItem
from baodao.commitments.queries.commitments import items_of
from baodao.commitments.templatetags.commitment_words import kind_of, titles_of, yearly_words
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.periods import names_at, organisations_at
from baodao.orgs.queries.tree import standing_of
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.periods import branches_on

CHINESE = "zh-hans"


def commitment_item(row: Commitment) -> Item:
    """党员公开承诺书 of one version, the same whenever it is printed: with the community, unit and
    branch of its day, by the names that they had."""
    registration, unit, branch = row.registration, *_belonging(row)
    community = standing_of(registration.community, row.made_on)
    with translation.override(CHINESE):
        return {
            "served_year": str(row.year),
            "community": names_at([community.pk], row.since)[community.pk],
            "name": registration.person.name,
            "volunteer_number": registration.person.number,
            "unit": unit,
            "branch": branch,
            "committed_on": row.made_on,
            "rows": [_ticked(item) for item in items_of(row)],
            **_words_of(row),
        }


def _belonging(row: Commitment) -> tuple[str, str]:
    """The unit and branch of whose version this is, as they were called then; no branch where they
    belong to the unit itself."""
    person_id = row.registration.person_id
    branch_id = branches_on([person_id], row.made_on).get(person_id, row.registration.branch_id)
    branch = organisations_at([branch_id], row.since)[branch_id]
    if branch.kind != Kind.BRANCH or branch.parent_id is None:
        return branch.name, ""
    return names_at([branch.parent_id], row.since)[branch.parent_id], branch.name


def _ticked(item: CommitmentItem) -> Item:
    return {"title": item.title, "kind": kind_of(item), "claimed_on": item.claimed_on}


def _words_of(row: Commitment) -> Item:
    """What is the same on both papers."""
    return {
        "own_services": row.services,
        "yearly_service": yearly_words(row),
        "own_words": row.words,
    }


def board_item(community: Organisation, rows: Iterable[Commitment]) -> Item:
    """党员公开承诺公示表 of a community, in the order given, without any number of a person."""
    with translation.override(CHINESE):
        lines = [
            {
                "name": row.registration.person.name,
                "unit": row.unit_name,  # type: ignore[attr-defined]
                "titles": titles_of(row),
                **_words_of(row),
            }
            for row in rows
        ]
    today = clock.today()
    return {
        "community": community.name,
        "served_year": str(today.year),
        "as_of": today,
        "rows": lines,
    }
