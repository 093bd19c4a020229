"""What a table may tell of people who are not of the place that uploads it: a handful a day.

Whether a number is that of somebody is told by comparing it. Where a table tries many numbers, a
handful of those that fit nobody of the place are told, over all its tables of a day; at the next
one the comparing stops. Once the handful is known, a table of services compares nothing new from
its first row on, so that a number that is right and one that is wrong look alike; a roster, which
has to bring new people, tells of one more at most. A table that is read again, with other columns
perhaps, is one more of the tables that a day may have: what can be learnt in a day is bounded.

Who was recognised by all numbers of a row is recognised by them again that day, after the handful
too: it tells nothing new, and whoever corrects five numbers uploads the rest of the file unchanged.

The model of such a table has `strangers`, `strangers_on`, `created_at`, `compares` (whether its
reading began before the handful was known), `repeats` and `repeats_on` (how often it was read again
on its last day of that); one whose rows are recognised also has `acquaintances`.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet, Sum

from baodao.kernel import clock, crypto
from baodao.kernel.errors import Refused, gettext_noop

HANDFUL = 5
_PURPOSE = "table.stranger"
_TOGETHER = "table.acquaintance"
_SHORT = 20
Guess = tuple[str, ...]
"""A number with what it is compared with: words that say the same tell nothing new."""


class Strangers:
    """Whom the tables of a day were told to be strangers; `new` are those of this reading, `count`
    is how many rows it tells of, `is_over` whether its comparing has stopped, `acquaintances` who
    was recognised in it; `familiar` those whom the tables of the day recognised before."""

    def __init__(
        self, known: Iterable[str] = (), familiar: Iterable[str] = (), *, is_over: bool = False
    ) -> None:
        self._known = set(known)
        self._familiar = set(familiar)
        self.acquaintances: set[str] = set()
        self.new: list[str] = []
        self.count = 0
        self.is_over = is_over
        self.compares = not is_over

    def may_compare(self, *guesses: Guess) -> bool:
        """Whether what a row guesses may still be compared: not after the stop, unless all of it
        was told to be strange before, or to be right."""
        if not self.is_over or _together(guesses) in self._familiar:
            return True
        return self._known.issuperset(map(_key, guesses))

    def recognise(self, *guesses: Guess) -> None:
        """Somebody is told to be meant by these guesses of a row."""
        self.acquaintances.add(_together(guesses))

    def tell(self, *guesses: Guess) -> bool:
        """Whether it may be told that all these guesses of a row are wrong; from the first that may
        not on nothing new is compared."""
        new = [key for key in dict.fromkeys(map(_key, guesses)) if key not in self._known]
        if new and len(self._known) + len(new) > HANDFUL:
            self.is_over = True
            return False
        self._known.update(new)
        self.new += new
        self.count += 1
        return True


def _together(guesses: Iterable[Guess]) -> str:
    """All that a row guesses at once, in any order; short, as there may be thousands of them."""
    words = sorted("\0".join(guess) for guess in guesses)
    return crypto.ring().blind("\0\0".join(words), _TOGETHER).hex()[:_SHORT]


def _key(guess: Guess) -> str:
    return crypto.ring().blind("\0".join(guess), _PURPOSE).hex()


def strangers_of(rows: QuerySet[Any], row: Model, familiar: Iterable[str] = ()) -> Strangers:
    """The strangers of a table that is to be read among the `rows` of its place: those of today,
    and its own. Over from the beginning where they are a handful; `familiar`: `familiar_today`."""
    known = _keys_of(_of_today(rows, row))
    return Strangers(known, familiar, is_over=len(known) >= HANDFUL)


def strangers_again(rows: QuerySet[Any], row: Any, familiar: Iterable[str] = ()) -> Strangers:
    """The strangers of a table that was read, for who looks through it as its reading did: over
    from the beginning where its reading was, whatever was uploaded since."""
    return Strangers(_keys_of(_of_today(rows, row)), familiar, is_over=not row.compares)


def familiar_today(rows: QuerySet[Any], row: Model) -> set[str]:
    """Whom the tables of today recognised, and this one."""
    return _keys_of(_of_today(rows, row), "acquaintances")


def keep_acquaintances(row: Any, strangers: Strangers) -> None:
    """Keep with a table whom its reading recognised."""
    if strangers.acquaintances:
        row.acquaintances = sorted({*row.acquaintances, *strangers.acquaintances})
        row.save(update_fields=["acquaintances"])


def keep_strangers(rows: QuerySet[Any], row: Any, strangers: Strangers) -> None:
    """Keep with a table whom its reading told to be strangers. Refused where another one, read at
    the same moment, has told as many."""
    if row.compares != strangers.compares:
        row.compares = strangers.compares
        row.save(update_fields=["compares"])
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


def _keys_of(rows: QuerySet[Any], of: str = "strangers") -> set[str]:
    keys = rows.values_list(of, flat=True)
    return {key for own in keys for key in own}


def check_files(rows: QuerySet[Any], most: int) -> None:
    """Refuse one more table, or one more reading of one, on a day on which a place has uploaded and
    read again `most`; the caller has locked the place."""
    files = rows.filter(created_at__gte=clock.midnight(clock.today())).count()
    again = rows.filter(repeats_on=clock.today()).aggregate(count=Sum("repeats"))["count"] or 0
    if files + again >= most:
        raise Refused(
            "table.files",
            gettext_noop(
                "%(most)s tables were uploaded or read again here today, as many as a day may "
                "have. Go on tomorrow, or enter what cannot wait by hand."
            ),
            most=most,
        )


def count_repeat(rows: QuerySet[Any], row: Any, most: int) -> None:
    """Count that a table is read once more today; refused as one more table is. The caller has
    locked the place."""
    check_files(rows, most)
    row.repeats = row.repeats + 1 if row.repeats_on == clock.today() else 1
    row.repeats_on = clock.today()
    row.save(update_fields=["repeats", "repeats_on"])
