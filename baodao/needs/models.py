"""Needs with the periods of their states, and the addresses under which residents ask."""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField, Living, Stage
from baodao.needs.rules.life import CLOSED, NEED, AskerWord, NeedState
from baodao.needs.rules.requests import NeedSource, Urgency
from baodao.orgs.models import Organisation


class MenuItem(models.Model):
    """服务项目: what stands on a community's menu for residents to order, until it is taken off.

    `provider` is the community itself, a partner unit or a team of it. `schedule` says when and how
    often in words; no more than `weekly` orders of it are taken in a week. Each order is a need
    that names the item.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="menu_item"
    )
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    title = models.CharField(max_length=30)
    category = models.CharField(max_length=30)
    schedule = models.CharField(max_length=60)
    served_by = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=200, blank=True)
    weekly = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    ordered: int

    @property
    def full(self) -> bool:
        """Whether a counted one has as many orders as the week bears."""
        return self.ordered >= self.weekly

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekly__gte=1), name="menu_item_bears_orders"),
        ]

    def __str__(self) -> str:
        return self.title


class Need(Living):
    """需求: what somebody asked for, from being collected to being met, or why not.

    `code` is how a resident without an account finds it again. The asker's telephone is sealed,
    `consent` the version of the words under which it was left. A merged need
    follows the one it was merged into. `satisfied` is the asker's own word at the end. An order
    (点单) is a need that names the `item` of the menu. Rows read through `queries.answers` have
    what answers them now beside them.
    """

    placement = TablePlacement.REFERENCE
    life = NEED

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    code = models.CharField(max_length=24, unique=True)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="need"
    )
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    item = models.ForeignKey(
        MenuItem, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="need"
    )
    source = CodeField(NeedSource)
    category = models.CharField(max_length=30)
    text = models.CharField(max_length=500)
    place = models.CharField(max_length=100, blank=True)
    urgency = CodeField(Urgency, default=Urgency.NORMAL)
    asker = models.CharField(max_length=60, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone = SealedText("phone", "phone_sealed")
    consent = models.CharField(max_length=12, blank=True, default="")
    state = CodeField(NeedState, default=NeedState.COLLECTED)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    collected_at = models.DateTimeField(default=clock.now)
    collected_by = models.CharField(max_length=60, blank=True)
    screened_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    satisfied = CodeField(AskerWord, blank=True)
    answered_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=200, blank=True)

    answer_id: UUID | None
    answer_title: str
    answer_draft: bool
    answer_starts_at: datetime | None
    answer_schedule: str

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=NeedState.MERGED) | Q(merged_into__isnull=False),
                name="need_merged_into",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CLOSED) | Q(closed_at__isnull=False),
                name="need_closed_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state", "collected_at"], name="need_board"),
        ]

    @property
    def age_days(self) -> int:
        """Whole days by the calendar from being asked for to today, or to the day of its end."""
        return clock.days_since(self.collected_at, clock.day_of(self.closed_at))

    @property
    def why(self) -> str:
        """The reason in the reader's language: ours is kept as a message id, others' as typed."""
        return gettext(self.reason) if self.reason else ""

    def __str__(self) -> str:
        return self.code


class NeedStage(Stage):
    """A period of a need in one state."""

    placement = TablePlacement.REFERENCE
    subject = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="stages")


class NeedRating(Fact):
    """评价: the asker's own word on a need that was met, as it was given. It stays when the need is
    looked after again and its columns make room for the next word."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="ratings")
    word = CodeField(AskerWord)
    rated_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.need_id} {self.word}"


class ResidentPage(models.Model):
    """居民页面: the address, by a token on the notice board, under which a community is asked."""

    placement = TablePlacement.REFERENCE
    community = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        related_query_name="resident_page",
    )
    token = models.CharField(max_length=32, unique=True, default=ids.new_token)
    renewed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.token
