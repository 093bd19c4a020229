"""The tree of organisations as it was at an instant: every statement that counts reads it."""

from dataclasses import dataclass
from datetime import timedelta

from baodao.kernel.moments import AsOf
from baodao.orgs.models import Organisation
from baodao.orgs.queries.periods import changed_since, organisations_at

MOMENT = timedelta(microseconds=1)

_PRESENT = """
    WITH tree AS NOT MATERIALIZED (
        SELECT id, parent_id, kind, sort, code, name, path, opened_at, closed_at,
               code AS code_now, path AS path_now
        FROM orgs_organisation
    )"""
_PAST = """
    WITH tree AS MATERIALIZED (
        SELECT o.id, CASE WHEN was.id IS NULL THEN o.parent_id ELSE was.parent_id END AS parent_id,
               o.kind, o.sort, coalesce(was.code, o.code) AS code,
               coalesce(was.name, o.name) AS name, coalesce(was.path, o.path) AS path, o.opened_at,
               CASE WHEN was.id IS NULL THEN o.closed_at ELSE was.closed_at END AS closed_at,
               o.code AS code_now, o.path AS path_now
        FROM orgs_organisation o
        LEFT JOIN (
            SELECT DISTINCT ON (organisation_id) * FROM orgs_organisationperiod
            WHERE until >= %(instant)s ORDER BY organisation_id, until
        ) was ON was.organisation_id = o.id
    )"""
"""Before every statement that says `tree`: organisations with the name, the code, the parent and
the path of `%(instant)s`, and the code and path that links and rights go by today."""


def unit_id_of(leaf: str) -> str:
    """In SQL the id of the unit of a row of `tree`, a branch or a unit itself, under the name
    `leaf`: that of a branch that was merged hangs above the branches below which it hangs."""
    return f"""CASE
        WHEN {leaf}.kind <> 'branch' THEN {leaf}.id
        WHEN {leaf}.closed_at IS NULL THEN {leaf}.parent_id
        ELSE (
            SELECT above.id FROM tree above
            WHERE above.code = ANY (string_to_array({leaf}.path, '.'))
              AND above.kind = 'unit' AND starts_with({leaf}.path, above.path)
            ORDER BY length(above.path) DESC LIMIT 1
        )
    END"""  # noqa: S608 - a name of this slice


@dataclass(frozen=True)
class PlaceThen:
    """How an organisation was called as of an instant, and the path at which it stood; `changed`
    says whether anything in the tree became something else since."""

    name: str
    path: str
    changed: bool

    @property
    def tree(self) -> str:
        """What `tree` means in a statement as of that instant."""
        return _PAST if self.changed else _PRESENT

    @property
    def depth(self) -> int:
        """How many codes its path has."""
        return self.path.count(".")


def place_then(organisation: Organisation, as_of: AsOf) -> PlaceThen:
    """The organisation as of an instant: what was changed before it counts."""
    if not changed_since(as_of.instant):
        return PlaceThen(organisation.name, organisation.path, changed=False)
    then = organisations_at([organisation.pk], as_of.instant - MOMENT)[organisation.pk]
    return PlaceThen(then.name, then.path, changed=True)


def whole_tree(as_of: AsOf) -> PlaceThen:
    """All organisations, as of an instant."""
    return PlaceThen("", "", changed_since(as_of.instant))
