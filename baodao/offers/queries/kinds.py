"""The kinds of offers, for the slices above and for statements in SQL."""

from baodao.offers.kinds.registry import every_kind, kind_of


def kind_name(code: str) -> str:
    """The message id of what the kind of this code is called."""
    return kind_of(code).words.name


def standing_kinds() -> list[str]:
    """The codes of the kinds that are held for longer and served in often."""
    return [kind.code for kind in every_kind() if kind.often]
