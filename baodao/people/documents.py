"""The roster of a unit or branch on paper, as it stands today. Telephones stand masked unless
`full` is asked; who prints them in full has the right to unmask. Nothing is written here."""

from baodao.documents.fields import ISSUER, Issuer
from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.people.queries.facts import paper_facts
from baodao.people.queries.members import memberships_of
from baodao.people.rules.papers import ROSTER
from baodao.people.rules.standing import Standing


def roster(unit: Organisation, format: str, *, full: bool = False) -> Rendered:  # noqa: A002
    """党员花名册 of a unit or branch as it stands today."""
    return render(ROSTER.code, [roster_item(unit, full=full)], format)


def roster_item(unit: Organisation, *, full: bool = False) -> Item:
    """Present members by branch and name, with the two counts of the note line."""
    members = list(memberships_of(unit).order_by("branch__path", "person__pinyin", "person"))
    rows = [
        {**paper_facts(one.person, one, full=full), "branch": one.branch.name} for one in members
    ]
    return {
        "organisation": unit.name,
        "as_of": clock.today(),
        "members": len(members),
        "in_service": sum(one.standing == Standing.IN_SERVICE for one in members),
        "rows": rows,
        ISSUER: Issuer(unit.pk, clock.now()),
    }
