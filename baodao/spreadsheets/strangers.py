"""What a table may tell of people who are not of the place that uploads it: a handful a day.

Whether a number is that of somebody is told by comparing it. Where a table tries many numbers, a
handful of those that fit nobody of the place are told, over all its tables of a day; at the next
one the comparing stops. The model of such a table has `strangers`, `strangers_on`, `created_at`.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from baodao.kernel import clock, crypto
from baodao.kernel.errors import Refused, gettext_noop

HANDFUL = 5
_PURPOSE = "table.stranger"


class Strangers:
    """Whom the tables of a day were told to be strangers; `new` are those of this reading, `count`
    is how many rows it tells of, `is_over` whether its comparing has stopped."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known = set(known)
        self.new: list[str] = []
        self.count = 0
        self.is_over = False

    def may_compare(self, *words: str) -> bool:
        """Whether what these words name may still be compared: not after the stop, unless it was
        told to be a stranger before."""
        return not self.is_over or _key(words) in self._known

    def tell(self, *words: str) -> bool:
        """Whether it may be told that these words name a stranger; from the first that may not on
        nothing new is compared."""
        key = _key(words)
        if key not in self._known and len(self._known) >= HANDFUL:
            self.is_over = True
            return False
        if key not in self._known:
            self._known.add(key)
            self.new.append(key)
        self.count += 1
        return True


def _key(words: Iterable[str]) -> str:
    return crypto.ring().blind("\0".join(words), _PURPOSE).hex()


def strangers_of(rows: QuerySet[Any], row: Model) -> Strangers:
    """The strangers of a table that is read among the `rows` of its place: those of today, and its
    own."""
    return Strangers(_keys_of(_of_today(rows, row)))


def keep_strangers(rows: QuerySet[Any], row: Any, strangers: Strangers) -> None:
    """Keep with a table whom its reading told to be strangers. Refused where another one, read at
    the same moment, has told as many."""
    if not strangers.new:
        return
    with transaction.atomic():
        locked = _of_today(rows, row).select_for_update(no_key=True).order_by("pk")
        if len({*_keys_of(locked), *strangers.new}) > HANDFUL:
            raise Refused(
                "table.strangers",
                gettext_noop(
                    "Several tables with numbers of people who are not yours were read at this "
                    "moment. Mend their rows, and upload the file once more tomorrow."
                ),
            )
        row.strangers, row.strangers_on = [*row.strangers, *strangers.new], clock.today()
        row.save(update_fields=["strangers", "strangers_on"])


def _of_today(rows: QuerySet[Any], row: Model) -> QuerySet[Any]:
    since = clock.midnight(clock.today())
    today = Q(strangers_on=clock.today()) | Q(created_at__gte=since) | Q(pk=row.pk)
    return rows.filter(today)


def _keys_of(rows: QuerySet[Any]) -> set[str]:
    keys = rows.values_list("strangers", flat=True)
    return {key for own in keys for key in own}


def check_files(rows: QuerySet[Any], most: int) -> None:
    """Refuse one more table on a day on which a place has uploaded `most`; the caller has locked
    the place."""
    if rows.filter(created_at__gte=clock.midnight(clock.today())).count() >= most:
        raise Refused(
            "table.files",
            gettext_noop(
                "%(most)s tables were uploaded here today, as many as a day may have. Go on "
                "tomorrow, or enter what cannot wait by hand."
            ),
            most=most,
        )
