"""The one refusal that every slice raises, with a code, a sentence and what to do."""

from collections.abc import Callable, Mapping


def gettext_noop(message: str) -> str:
    """Mark `message` for the catalogue without translating it here, so that rules stay pure."""
    return message


Message = str | tuple[str, str]
"""The id of a sentence, or those of one and of many that the number among its facts chooses."""


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark the message ids of one and of many for the catalogue without translating them here."""
    return one, many


class Refused(Exception):
    """A rule said no.

    `code` is `<noun>.<reason>`; `message` is an English message id whose `%(name)s` places are
    filled from `facts` after translation. Pages show it beside the field or at the top, the API
    as 409 or 422, the `baodao` command as exit code 1. `name` says of whom, where an act for
    several was refused as a whole; logs do not have it.
    """

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.facts: Mapping[str, object] = facts
        self.name = ""

    def text(self) -> str:
        """The sentence in English, for logs and tests; pages translate `message` first."""
        return self.message % self.facts if self.facts else self.message

    def __str__(self) -> str:
        return f"{self.code}: {self.text()}"


class Absent(Exception):
    """What was asked for does not exist, or not for this actor: the two look the same (404)."""


def barrier(check: Callable[..., None], *facts: object) -> Refused | None:
    """The refusal that a check would raise now; None where it would pass."""
    try:
        check(*facts)
    except Refused as refused:
        return refused
    return None
