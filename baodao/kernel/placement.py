"""Where the rows of a model are when the database is a cluster (Citus): each model says it in one
line, `placement = TablePlacement.…`; on one PostgreSQL it means nothing."""

from collections.abc import Iterator
from enum import StrEnum

from django.apps import apps
from django.db.models import Model


class TablePlacement(StrEnum):
    """How a table is spread over the nodes of a cluster.

    Facts that grow without end are distributed by a column, which stands in all of their keys:
    rows with the same value of it lie together. Rows that facts or other rows point at are on every
    node (`REFERENCE`): read anywhere, dear to write. What is looked at alone, and passes or grows,
    stays on the coordinator (`LOCAL`).
    """

    COMMUNITY = "community_id"
    SCOPE = "scope_id"
    REFERENCE = "reference"
    LOCAL = "local"

    @property
    def column(self) -> str | None:
        """By which column the rows are distributed; None where they are not."""
        return self.value if self in (TablePlacement.COMMUNITY, TablePlacement.SCOPE) else None


def own_models() -> Iterator[type[Model]]:
    """The models of the project; tables between two of them come with neither."""
    return (one for one in apps.get_models() if one.__module__.startswith("baodao."))


def placement_of(model: type[Model]) -> TablePlacement:
    """What the model itself says; raises `LookupError` where it does not."""
    stated = vars(model).get("placement")
    if not isinstance(stated, TablePlacement):
        raise LookupError(f"{model._meta.label} does not say its placement")
    return stated
