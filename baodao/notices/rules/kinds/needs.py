"""Needs: collected, opened, met or not."""

from baodao.kernel.errors import gettext_noop

TELLS: dict[str, str] = {
    "need-asked": gettext_noop("A new need has been asked: %(code)s."),
    "need-handed-back": gettext_noop("Whoever asked %(code)s says it is not solved yet."),
}

STAYS: dict[str, str] = {}

ASKS: dict[str, str] = {}
