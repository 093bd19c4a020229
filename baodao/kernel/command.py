"""A command: actor first, keyword-only, all or nothing."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import transaction

from baodao.kernel.authz import Actor

P = ParamSpec("P")
R = TypeVar("R")


def command(act: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
    """Run `act` in one transaction: check, lock, change, journal, announce.

    Refuses at import time a signature that is not `(actor, *, …)`.
    """
    first, *others = inspect.signature(act).parameters.values()
    if first.name != "actor" or any(p.kind is not p.KEYWORD_ONLY for p in others):
        raise TypeError(f"{act.__qualname__} must take (actor, *, …)")

    @wraps(act)
    def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return act(actor, *args, **kwargs)

    return run
