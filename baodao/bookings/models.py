"""What every booking of an hour keeps, whatever is booked."""

from datetime import UTC, datetime
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import BaseConstraint, F, Q
from django.utils.translation import gettext

from baodao.bookings.rules.bookings import (
    BOOKING,
    NOTES,
    VISITOR,
    BookingState,
    BookingWay,
)
from baodao.kernel import clock, ids
from baodao.kernel.lives import MOST_WORDS
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField, Living
from baodao.ledger.models import Span
from baodao.ui.wording import span_words


class HourBooking(Living):
    """预约: something for an hour, of somebody who needs no account: `code` is how they find it.
    The telephone is sealed, `consent` the version of the words under which it was left. A model of
    bookings adds what is booked, whose it is, and `booking_rules`."""

    life = BOOKING
    phone: ClassVar[SealedText]

    code = models.CharField(max_length=24, unique=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = CodeField(BookingState, default=BookingState.BOOKED)
    way = CodeField(BookingWay)
    visitor = models.CharField(max_length=VISITOR, blank=True)
    phone_sealed = models.BinaryField(null=True)
    consent = models.CharField(max_length=12, blank=True)
    notes = models.CharField(max_length=NOTES, blank=True)
    booked_at = models.DateTimeField(default=clock.now)
    booked_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=MOST_WORDS, blank=True)
    id = models.UUIDField(primary_key=True, default=ids.new_id)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        """What is booked, as lists and notices name it."""
        raise NotImplementedError

    @property
    def scope_id(self) -> int:
        """The organisation whose journal tells of it."""
        raise NotImplementedError

    @property
    def when(self) -> str:
        """Day and hours, as papers, notices and the journal write them."""
        return span_words(self.starts_at, self.ends_at)

    @property
    def hour(self) -> str:
        """Its hour as a page carries it that asks for an act on it: ISO 8601, UTC."""
        return self.starts_at.astimezone(UTC).isoformat()

    @property
    def why(self) -> str:
        """The reason in the reader's language: ours is kept as a message id, others' as typed."""
        return gettext(self.reason) if self.reason else ""

    @property
    def is_live(self) -> bool:
        """Whether anything is waited for."""
        return self.state in BOOKING.live

    @property
    def is_past(self) -> bool:
        """Whether its hour has begun."""
        return self.starts_at <= clock.now()

    @property
    def is_ahead(self) -> bool:
        """Whether it may still be moved and cancelled."""
        return self.is_live and not self.is_past

    def at_hour(self, starts_at: datetime, ends_at: datetime) -> None:
        """Put it at an hour, to be confirmed."""
        self.starts_at, self.ends_at = starts_at, ends_at
        self.state, self.confirmed_at = BookingState.BOOKED, None


def booking_rules(noun: str, what: str) -> list[BaseConstraint]:
    """What the database holds of bookings of a kind, whoever books at once: no two that live share
    an hour of `what`, the column that says what is booked."""
    live = Q(state__in=BOOKING.live)
    return [
        ExclusionConstraint(
            name=f"{noun}_one_an_hour",
            expressions=[
                (what, RangeOperators.EQUAL),
                (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
            ],
            condition=live,
        ),
        models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name=f"{noun}_has_length"),
        models.CheckConstraint(
            condition=live | Q(ended_at__isnull=False), name=f"{noun}_over_has_date"
        ),
    ]
