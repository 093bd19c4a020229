"""Pure rules of the organisation tree; `divisions` compares it with the national table."""

from baodao.orgs.rules.tree import (
    NAME_LENGTH,
    PARENTS,
    PLACES,
    Kind,
    about,
    check_code,
    check_name,
    check_parent,
    editors_of,
    next_code,
    path_of,
)

__all__ = [
    "NAME_LENGTH",
    "PARENTS",
    "PLACES",
    "Kind",
    "about",
    "check_code",
    "check_name",
    "check_parent",
    "editors_of",
    "next_code",
    "path_of",
]
