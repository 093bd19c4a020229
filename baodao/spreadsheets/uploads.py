"""An uploaded table that is read outside any transaction, so that its progress is seen and somebody
may stop it until the very end.

The model of such a table has `state`, first "uploaded", then "reading", `progress`, `is_to_stop`
and `file_sealed`.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet

from baodao.kernel.actors import WITHOUT_RIGHTS
from baodao.kernel.errors import Refused
from baodao.kernel.jobs import FAILURE

READ_AGAIN = (WITHOUT_RIGHTS, FAILURE)
"""Refusals that say nothing of the file: it is read as it is once somebody asks for it."""
UNREAD = ("uploaded", "reading")


class StoppedError(Exception):
    """Somebody asked to stop while the table was being read."""


def begin_reading(row: Model) -> bool:
    """Mark a table as being read; whether it still waits for that."""
    return _unread(row).update(state="reading", progress=0) > 0


def check_going(row: Model) -> None:
    """Raises `StoppedError` where somebody asked to stop."""
    if _unread(row).filter(is_to_stop=True).exists():
        raise StoppedError


def end_reading(row: Model, facts: Mapping[str, Any], end: Mapping[str, Any]) -> bool:
    """Write `facts`, what the reading brought; `end` where somebody asked to stop before this
    instant. Whether it was written: not where the table was read or cancelled meanwhile."""
    unread = _unread(row)
    is_written = unread.filter(is_to_stop=False).update(**facts) > 0
    if not is_written:
        unread.filter(is_to_stop=True).update(**end)
    row.refresh_from_db(fields=["state"])
    return is_written


def is_worth_keeping(refused: Refused) -> bool:
    """Whether a file that was refused can be read all the same, once somebody says what its columns
    hold, or once somebody who may asks for it again."""
    return "columns" in refused.facts or refused.code in READ_AGAIN


def is_kept(row: Model) -> bool:
    """Whether the bytes of a file are kept; asked without fetching them."""
    return _own(row).filter(file_sealed__isnull=False).exists()


def _unread(row: Model) -> QuerySet[Model]:
    return _own(row).filter(state__in=UNREAD)


def _own(row: Model) -> QuerySet[Model]:
    return type(row)._default_manager.filter(pk=row.pk)
