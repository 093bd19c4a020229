"""Offers, which needs they answer, claims and their seats."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.stages import CodeField, Living
from baodao.needs.models import Need
from baodao.offers.kinds.particulars import OfferParticulars
from baodao.offers.kinds.parts import PARTS
from baodao.offers.kinds.registry import every_kind, kind_of
from baodao.offers.rules.kinds import Claimant, OfferKind, Particulars
from baodao.offers.rules.lives import CLAIM, OFFER, ClaimState, OfferState
from baodao.orgs.models import Organisation
from baodao.people.models import Person

if TYPE_CHECKING:
    _KindColumn = models.CharField[OfferKind, OfferKind]
else:
    _KindColumn = models.CharField


class KindField(_KindColumn):
    """The kind of an offer: a code in the database, the kind itself in Python.

    Migrations keep the column alone, so that a new kind changes no column.
    """

    def from_db_value(self, value: str | None, *_: object) -> OfferKind | None:
        """The kind; None where a row is joined that may not be there."""
        return None if value is None else kind_of(value)

    def get_prep_value(self, value: object) -> str:
        return str(value)

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


def hours_by_kind() -> Q:
    """What the database holds every offer to: a timed kind has its hours, another has none."""
    timed = [kind.code for kind in every_kind() if kind.timed]
    others = [kind.code for kind in every_kind() if not kind.timed]
    return Q(kind__in=others, starts_at=None, ends_at=None) | Q(
        kind__in=timed, starts_at__isnull=False, ends_at__gt=F("starts_at")
    )


class Offer(Living):
    """服务供给: what one community offers to members, from the draft to its end.

    `organiser` is the community itself, a unit or a team. `places` are never exceeded:
    whoever claims or approves locks this row and counts. An offer has its hours, or the words that
    say when (`schedule`), as its kind has it. With `approval` a claim waits for the community's
    word; `bring` is what those who come bring along. What only one kind has stands in a table of
    that kind (`kinds/`). `revision` counts the
    changes after which a copy in a calendar is out of date.
    """

    life = OFFER
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="offer"
    )
    organiser = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    kind = KindField(max_length=12)
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=500, blank=True)
    category = models.CharField(max_length=30)
    place = models.CharField(max_length=100, blank=True)
    schedule = models.CharField(max_length=100, blank=True)
    specialties = models.CharField(max_length=100, blank=True)
    bring = models.CharField(max_length=100, blank=True)
    places = models.PositiveSmallIntegerField()
    approval = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    state = CodeField(OfferState, default=OfferState.DRAFT)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=60)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    revision = models.PositiveSmallIntegerField(default=0)
    revised_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1), name="offer_wants_somebody"),
            models.CheckConstraint(condition=hours_by_kind(), name="offer_hours_by_kind"),
            models.CheckConstraint(
                condition=Q(state=OfferState.DRAFT)
                | Q(state=OfferState.CANCELLED)
                | Q(published_at__isnull=False),
                name="offer_published_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state", "kind"], name="offer_community"),
            models.Index(fields=["state", "starts_at"], name="offer_starts"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def own(self) -> OfferParticulars | None:
        """The row of what only its kind keeps of it."""
        table = PARTS[self.kind.code].particulars
        return getattr(self, table.name(), None) if table else None

    @property
    def particulars(self) -> Particulars:
        """What only its kind keeps of it, by the names of the columns."""
        return self.own.values() if self.own else {}


class Answer(models.Model):
    """An offer answers a need, from an instant (while it is still a draft) until another; each need
    has at most one answer at a time. Whoever writes it holds the need's lock."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, related_name="+", related_query_name="answer"
    )
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, related_name="+", related_query_name="answer"
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("need"), condition=Q(until=None), name="answer_one_live"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="answer_until_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.need_id}"


class Claim(Living):
    """认领: a person, a unit or a team wants to serve in one offer; one life for every kind.

    `places` of the offer are held by it, one for each of its seats or to be filled. `branch` is
    where the claimant belonged on the day: a person's branch, the unit or the team itself.
    `confirm_by` is until when an invitation from the waiting list holds; `reason` why it was
    refused, or why somebody wants to leave. Columns have no index beside those of `Meta`: all are
    written while others wait for the offer.
    """

    life = CLAIM

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, db_index=False, related_name="claims"
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
    def served_on(self) -> date | None:
        """The last day on which one of its seats served; of a row of `claim_rows`."""
        day: date | None = self.last_served  # type: ignore[attr-defined]
        return day

    @property
    def claimant_kind(self) -> Claimant:
        """Whether a person claims for themselves, a unit or a team."""
        if self.person_id is not None:
            return Claimant.PERSON
        return Claimant.UNIT if self.unit_id is not None else Claimant.TEAM


class Seat(models.Model):
    """A person who serves by a claim, from an instant until another.

    As long as the claim lives and `until` is empty, the seat is held; a claim that ends leaves its
    seats as they were. A person's own claim has one seat. `branch` is theirs on the day.
    `served_on` is the last day whose service was recorded: where a kind serves often, one of many.
    """

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
