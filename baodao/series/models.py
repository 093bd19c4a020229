"""Series of activities, and their dates."""

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation
from baodao.series.rules.rhythms import SeriesRhythm


class ActivitySeries(models.Model):
    """系列活动, such as a fixed service day: what a community offers again and again, until a day.

    `first_on` says with the rhythm on which days. Each date is an activity of its own; the words
    here are what the dates that nobody changed by hand say, and those to come.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="series"
    )
    organiser = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=500, blank=True)
    category = models.CharField(max_length=30)
    place = models.CharField(max_length=100, blank=True)
    specialties = models.CharField(max_length=100, blank=True)
    bring = models.CharField(max_length=100, blank=True)
    places = models.PositiveSmallIntegerField()
    approval = models.BooleanField(default=False)
    rhythm = CodeField(SeriesRhythm)
    first_on = models.DateField()
    until_on = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1), name="series_wants_somebody"),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("first_on")), name="series_until_after"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SeriesDate(models.Model):
    """One date of a series, by the day on which the rhythm puts it: its activity; or none where
    the community said that it falls out (`off_at`), or has not yet said so of a public holiday.

    `revision` is that of the activity as the series wrote it: another one was changed by hand.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    series = models.ForeignKey(
        ActivitySeries, on_delete=models.PROTECT, related_name="dates", related_query_name="date"
    )
    on = models.DateField()
    offer = models.OneToOneField(
        Offer, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="date"
    )
    revision = models.PositiveSmallIntegerField(default=0)
    off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("series"), F("on"), name="series_date_once"),
            models.CheckConstraint(
                condition=Q(offer=None) | Q(off_at=None), name="series_date_on_or_off"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.on}"

    @property
    def settled(self) -> bool:
        """Whether it is known if it takes place."""
        return self.offer_id is not None or self.off_at is not None

    @property
    def by_hand(self) -> bool:
        """Whether its activity is no more as the series wrote it."""
        if self.offer is None:
            return False
        written = (self.revision, self.series.places)
        return (self.offer.revision, self.offer.places) != written
