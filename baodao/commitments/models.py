"""Commitments, each version a row; what is ticked in them; who was invited to commit."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from baodao.commitments.rules.commitments import SERVICES, WORDS
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.offers.models import Offer
from baodao.registration.models import Registration
from baodao.series.models import ActivitySeries


class Commitment(models.Model):
    """承诺: what a member means to do in a year in the community that received them.

    A row is a version, in force from `since` until the next one, or until it is withdrawn; it says
    for ever what it said then. It hangs on the registration and is over with it. It may be posted
    up from the member's `consent`, the version of the words agreed to, until `consent_until`.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", related_query_name="commitment"
    )
    year = models.PositiveSmallIntegerField()
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    times = models.PositiveSmallIntegerField(null=True)
    hours = models.PositiveSmallIntegerField(null=True)
    services = models.CharField(max_length=SERVICES, blank=True)
    words = models.CharField(max_length=WORDS, blank=True)
    consent = models.CharField(max_length=12, blank=True)
    consent_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("registration"), F("year"), condition=Q(until=None), name="commitment_one_version"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="commitment_until_after"
            ),
            models.CheckConstraint(
                condition=Q(consent_until=None) | ~Q(consent=""), name="commitment_consent_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.year}"

    @property
    def agreed(self) -> bool:
        """Whether its member agrees that it is posted up."""
        return bool(self.consent) and self.consent_until is None

    @property
    def made_on(self) -> date:
        """The day of this version."""
        return clock.local(self.since).date()


class CommitmentItem(models.Model):
    """What was ticked: an offer or a series, called as it was then, and since when it was the
    member's own; an empty `claimed_on` is one that they meant to claim."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="items")
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    series = models.ForeignKey(
        ActivitySeries,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="+",
    )
    title = models.CharField(max_length=60)
    claimed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "offer", "series"],
                nulls_distinct=False,
                name="commitment_item_once",
            ),
            models.CheckConstraint(
                condition=Q(offer=None, series__isnull=False) | Q(offer__isnull=False, series=None),
                name="commitment_item_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CommitmentInvitation(models.Model):
    """A member was invited, once in a year, to commit."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    year = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("registration"), F("year"), name="commitment_invitation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.year}"
