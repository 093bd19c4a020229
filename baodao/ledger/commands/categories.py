"""Which kinds of service an authority offers: added, renamed, hidden, never deleted."""

from collections.abc import Sequence

from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.ledger.queries.categories import CATEGORY_SETTING, DEFAULT
from baodao.orgs.commands import set_dictionary
from baodao.orgs.rules.settings import Word


@command
def set_categories(actor: Actor, *, organisation_id: int, words: Sequence[Word]) -> None:
    """Let these kinds of service hold for a place and all below that have none of their own.

    Records keep their codes; a kind that is hidden is no longer offered. No words let the kinds of
    the authority above hold again.
    """
    set_dictionary(
        actor,
        organisation_id=organisation_id,
        key=CATEGORY_SETTING,
        words=words,
        default=DEFAULT,
    )
