"""Pure rules of the organisation tree; `divisions` compares it with the national table."""

from baodao.orgs.rules.tree import (
    HANGING,
    NAME_LENGTH,
    NAMES,
    NOT_TOLD,
    PARENTS,
    PLACES,
    STORIES,
    Kind,
    about,
    check_code,
    check_name,
    check_parent,
    code_of,
    editors_of,
    next_code,
    path_of,
)

__all__ = [
    "HANGING",
    "NAMES",
    "NAME_LENGTH",
    "NOT_TOLD",
    "PARENTS",
    "PLACES",
    "STORIES",
    "Kind",
    "about",
    "check_code",
    "check_name",
    "check_parent",
    "code_of",
    "editors_of",
    "next_code",
    "path_of",
]
