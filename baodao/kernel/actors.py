"""Who an account is now, for the slices that lie below the accounts and for the worker.

The slice that keeps accounts registers itself here; nobody else knows of it.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar
from uuid import UUID

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused, gettext_noop

T = TypeVar("T")

WITHOUT_RIGHTS = "job.without-rights"
"""The code of the refusal of a job whose starter may not do it any more."""


class AccountKeeper(Protocol):
    """What is asked of the slice that keeps accounts."""

    def actor_of(self, account_id: UUID) -> Actor | None:
        """The account with the grants it has at this moment; None when it may not sign in."""
        ...

    def name_of_tied(self, actor: Actor, account_id: UUID) -> str | None:
        """The name of the other account, when one of the two ever made or reset the other, or
        granted it a role or confirmed one."""
        ...


_keepers: list[AccountKeeper] = []


def register(keeper: AccountKeeper) -> None:
    """Say who keeps accounts; the last one counts."""
    _keepers[:] = [keeper]


def run_for(account_id: UUID | None, act: Callable[[Actor], T]) -> T:
    """Run `act` in the worker for whoever started a job, with the rights of this moment.

    Raises `Refused`, in words for the page on which the job was started, when that account is
    stopped or may not do it any more.
    """
    actor = _keepers[0].actor_of(account_id) if account_id is not None else None
    if actor is None:
        raise _without_rights()
    try:
        return act(actor)
    except Absent:
        raise _without_rights() from None


def check_second(actor: Actor, first_id: UUID | None) -> None:
    """Refuse the actor as the second of two, where `first_id` is the account of the first: the
    same account, or one of which either ever made or reset the other, granted it a role or
    confirmed one: what is over still ties, because what was proposed then can be confirmed now.

    The operator of the server, who has no account, is tied to none.
    """
    if actor.account_id is None or first_id is None:
        return
    if actor.account_id == first_id:
        raise Refused(
            "second.same",
            gettext_noop("You proposed this yourself. Somebody else must confirm it."),
        )
    name = _keepers[0].name_of_tied(actor, first_id)
    if name is not None:
        raise Refused(
            "second.tied",
            gettext_noop(
                "One of you, you or %(name)s who proposed this, once made the account of the "
                "other, granted it a role, confirmed one or reset its password. Somebody else must "
                "confirm it."
            ),
            name=name,
        )


def _without_rights() -> Refused:
    return Refused(
        WITHOUT_RIGHTS,
        gettext_noop(
            "Nothing was done: whoever started this may not do it any more. Somebody who may can "
            "start it again."
        ),
    )
