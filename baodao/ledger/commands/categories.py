"""Which kinds of service an authority offers: added, renamed, hidden, never deleted."""

from collections.abc import Sequence

from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.ledger.rules.policies import KINDS_OF_SERVICE
from baodao.orgs.commands.policies import give_back, set_policy
from baodao.orgs.rules.dictionaries import Word


@command
def set_categories(actor: Actor, *, organisation_id: int, words: Sequence[Word]) -> None:
    """Let these kinds of service hold for a place and all below that have none of their own.

    Records keep their codes; a kind that is hidden is no longer offered. No words let the kinds of
    the authority above hold again.
    """
    policy = KINDS_OF_SERVICE
    if words:
        set_policy(actor, organisation_id=organisation_id, policy=policy, value=words)
    else:
        give_back(actor, organisation_id=organisation_id, policy=policy)
