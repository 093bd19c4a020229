"""Claims of offers, and their seats."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from baodao.claims.rules.lives import CLAIM, ClaimState
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.ledger.rules.records import Way
from baodao.offers.models import Offer
from baodao.offers.rules.kinds import Claimant
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class Claim(Living):
    """认领: a person, a unit or a team wants to serve in one offer; one life for every kind.

    `unit` is a unit, or a branch of one that claims by itself. `places` of the offer are held by
    it, one for each of its seats or to be filled. `branch` is where the claimant belonged on the
    day: a person's branch, the unit or the team itself.
    `confirm_by` is until when an invitation from the waiting list holds; `reason` why it was
    refused, or why somebody wants to leave. Columns have no index beside those of `Meta`: all are
    written while others wait for the offer.
    """

    placement = TablePlacement.REFERENCE
    life = CLAIM

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    offer = models.ForeignKey(
        Offer,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        related_query_name="claim",
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        related_query_name="claim",
    )
    unit = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        related_query_name="+",
    )
    team = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        related_query_name="+",
    )
    branch = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        related_query_name="+",
    )
    community = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        related_query_name="claim",
    )
    places = models.PositiveSmallIntegerField(default=1)
    state = CodeField(ClaimState)
    claimed_at = models.DateTimeField(default=clock.now)
    seated_at = models.DateTimeField(null=True)
    confirm_by = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    exit_requested_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "person", "unit", "team"],
                condition=Q(state__in=CLAIM.live),
                nulls_distinct=False,
                name="claim_one_live",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit=None, team=None, places=1)
                | Q(person=None, unit__isnull=False, team=None, branch=F("unit"))
                | Q(person=None, unit=None, team__isnull=False, branch=F("team")),
                name="claim_one_claimant",
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="claim_holds_places"),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.INVITED) | Q(confirm_by__isnull=False),
                name="claim_invited_until",
            ),
        ]
        indexes = [
            models.Index(fields=["offer", "state", "claimed_at"], name="claim_offer"),
            models.Index(fields=["person", "state"], name="claim_person"),
            models.Index(fields=["community", "state"], name="claim_desk"),
            models.Index(fields=["branch", "state"], name="claim_branch"),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} {self.state}"

    @property
    def claimant(self) -> Person | Organisation:
        """Who claims; both have a name."""
        return self.person or self.branch

    @property
    def claimant_name(self) -> str:
        """What who claims is called; a branch with its unit."""
        return self.person.name if self.person else self.branch.whole_name

    @property
    def outcome(self) -> str:
        """How it stands, in words; where it ended with its offer, that the community cancelled."""
        over = self.ended_at is not None and self.offer.state == OfferState.CANCELLED
        if over and self.ended_at >= self.offer.ended_at:  # type: ignore[operator]
            return gettext("Cancelled by the community")
        words: str = self.get_state_display()
        return words

    @property
    def outcome_to_claimant(self) -> str:
        """How it stands, said to who claims: of a place that is kept for them, that it is."""
        if self.state != ClaimState.INVITED:
            return self.outcome
        if self.offer.kind.personal:
            return gettext("The community asks you to take it on")
        return gettext("A place is free, please confirm")

    @property
    def servers(self) -> str:
        """Who serves by a unit's or a team's claim, by name, empty for a person's own; of a row
        `with_servers`."""
        seats = [] if self.person_id else self.held  # type: ignore[attr-defined]
        return "、".join(seat.person.name for seat in seats)

    @property
    def served_on(self) -> date | None:
        """The last day on which one of its seats served; of a row of `claim_rows`."""
        day: date | None = self.last_served  # type: ignore[attr-defined]
        return day

    @property
    def in_time(self) -> bool:
        """Whether the place of an invitation is still kept for its claimant."""
        return self.confirm_by is not None and self.confirm_by >= clock.now()

    @property
    def way(self) -> Way:
        """How its services are told: by a team's claim as those of the team (组团服务)."""
        return Way.TEAM if self.team_id else self.offer.kind.way

    @property
    def claimant_kind(self) -> Claimant:
        """Whether a person claims for themselves, a unit (or a branch of it), or a team."""
        if self.person_id is not None:
            return Claimant.PERSON
        return Claimant.UNIT if self.unit_id is not None else Claimant.TEAM


class Seat(models.Model):
    """A person who serves by a claim, from an instant until another.

    As long as the claim lives and `until` is empty, the seat is held; a claim that ends leaves its
    seats as they were. A person's own claim has one seat. `branch` is theirs on the day.
    `served_on` is the last day whose service was recorded: where a kind serves often, one of many.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        related_query_name="seat",
    )
    branch = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        related_query_name="+",
    )
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    served_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("claim"), F("person"), condition=Q(until=None), name="seat_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="seat_until_after"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(until=None), name="seat_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.since:%Y-%m-%d %H:%M}"

    @property
    def left_at(self) -> datetime | None:
        """Since when it is held no more; None as long as it is."""
        return self.until or self.claim.ended_at
