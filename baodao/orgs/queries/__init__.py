"""Reading the tree, and the national division table."""

from baodao.orgs.queries.tree import (
    Choice,
    Hanging,
    ancestor_of,
    ancestors,
    at_paths,
    below,
    by_code,
    by_id,
    choices_of,
    hanging,
    organisation_of,
    organisations,
    places,
    reached,
    setting,
)

__all__ = [
    "Choice",
    "Hanging",
    "ancestor_of",
    "ancestors",
    "at_paths",
    "below",
    "by_code",
    "by_id",
    "choices_of",
    "hanging",
    "organisation_of",
    "organisations",
    "places",
    "reached",
    "setting",
]
