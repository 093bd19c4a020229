"""Reading the tree, and the national division table."""

from baodao.orgs.queries.tree import (
    Hanging,
    ancestor_of,
    ancestors,
    at_paths,
    below,
    by_code,
    by_id,
    hanging,
    organisation_of,
    organisations,
    paths_of,
    places,
    reached,
)

__all__ = [
    "Hanging",
    "ancestor_of",
    "ancestors",
    "at_paths",
    "below",
    "by_code",
    "by_id",
    "hanging",
    "organisation_of",
    "organisations",
    "paths_of",
    "places",
    "reached",
]
