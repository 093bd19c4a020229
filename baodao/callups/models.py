"""Call-ups, whom they call, what those answered, and the posts in which they serve."""

from django.db import models
from django.db.models import F, Q

from baodao.callups.rules.callups import CallByTelephone, CallStage, Readiness, stage_of
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class CallUp(models.Model):
    """应急集结: a street or a community calls members for an emergency, from the draft until it is
    stood down.

    `called_at` is when it was decided, `sent_at` when the worker had written a summons to everybody
    whom it calls: who is one of them is decided at that instant. `end_told_at` is when the worker
    had told them that it was stood down.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    caller = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="callup"
    )
    title = models.CharField(max_length=30)
    reason = models.CharField(max_length=200)
    spot = models.CharField(max_length=100)
    task = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    skills = models.CharField(max_length=100, blank=True)
    drafted_at = models.DateTimeField(default=clock.now)
    drafted_by = models.CharField(max_length=60)
    called_at = models.DateTimeField(null=True)
    called_by = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    end_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(called_at__isnull=False), name="callup_sent_is_called"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stage(self) -> CallStage:
        """How far it is."""
        return stage_of(called_at=self.called_at, sent_at=self.sent_at, ended_at=self.ended_at)


class CallTarget(models.Model):
    """A community, grid, service team or unit that a call-up was narrowed to."""

    placement = TablePlacement.REFERENCE
    call = models.ForeignKey(
        CallUp, on_delete=models.CASCADE, related_name="targets", related_query_name="target"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(F("call"), F("organisation"), name="call_target_once"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.organisation_id}"


class Summons(models.Model):
    """集结通知: one member who was called, in the community and the branch of that instant.

    `reached` is whether they had an account that could be told; the others are telephoned, and
    `telephone` is what became of that. What they answered last stands here too, so that a hundred
    thousand are counted at once.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    call = models.ForeignKey(
        CallUp,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        related_query_name="summons",
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="summons"
    )
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    branch = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    reached = models.BooleanField()
    called_at = models.DateTimeField(default=clock.now)
    answer = CodeField(Readiness, max_length=8, blank=True)
    free_from = models.DateTimeField(null=True)
    free_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    telephone = CodeField(CallByTelephone, max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("call"), F("person"), name="summons_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="summons_answer_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "answer"], name="summons_answer"),
            models.Index(fields=["branch"], name="summons_branch"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.person_id}"


class SummonsAnswer(models.Model):
    """Each answer to a summons, so that a table of an earlier day stays as it was."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    summons = models.ForeignKey(Summons, on_delete=models.PROTECT, related_name="answers")
    answer = CodeField(Readiness, max_length=8)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.summons_id} {self.answer}"


class CallPost(models.Model):
    """应急岗位: a shift of a call-up with its places, which is an activity of its community."""

    placement = TablePlacement.REFERENCE
    offer = models.OneToOneField(
        Offer,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        related_query_name="call_post",
    )
    call = models.ForeignKey(
        CallUp, on_delete=models.PROTECT, related_name="posts", related_query_name="post"
    )

    def __str__(self) -> str:
        return str(self.offer_id)


class SupplyEntry(models.Model):
    """A line of the supply ledger of a call-up: what came in (a positive amount) or went out (a
    negative one). It never changes; `corrects` is the line that it takes back."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    call = models.ForeignKey(
        CallUp, on_delete=models.PROTECT, related_name="supplies", related_query_name="supply"
    )
    item = models.CharField(max_length=30)
    unit = models.CharField(max_length=10)
    amount = models.DecimalField(max_digits=8, decimal_places=1)
    party = models.CharField(max_length=60)
    remark = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=60)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="correction"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="supply_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.amount}"
