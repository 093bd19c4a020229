"""Offers, and which needs they answer."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.needs.models import Need
from baodao.offers.kinds.particulars import OfferParticulars
from baodao.offers.kinds.parts import PARTS
from baodao.offers.kinds.registry import every_kind, kind_of
from baodao.offers.rules.kinds import OfferKind, Particulars
from baodao.offers.rules.lives import OFFER, PROPOSALS, OfferState
from baodao.orgs.models import Organisation

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

    `organiser` is the community itself, a unit or a team; a unit proposes what it wants to
    organise, and the community publishes it or gives it back. `places` are never exceeded:
    whoever claims or approves locks this row and counts. An offer has its hours, or the words that
    say when (`schedule`), as its kind has it. With `approval` a claim waits for the community's
    word; `bring` is what those who come bring along. What only one kind has stands in a table of
    that kind (`kinds/`). `revision` counts the
    changes after which a copy in a calendar is out of date.
    """

    placement = TablePlacement.REFERENCE
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

    taken: int

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1), name="offer_wants_somebody"),
            models.CheckConstraint(condition=hours_by_kind(), name="offer_hours_by_kind"),
            models.CheckConstraint(
                condition=Q(state__in=(OfferState.DRAFT, *PROPOSALS, OfferState.CANCELLED))
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

    placement = TablePlacement.REFERENCE
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
