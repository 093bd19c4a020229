"""What stands on the lists of units and communities, and what the other side claims of them."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.ledger.models import Span
from baodao.needs.models import Need
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation
from baodao.resources.rules.lists import SHORT, TEXT, TITLE
from baodao.resources.rules.lives import (
    LIST_CLAIM,
    PROJECT,
    RESOURCE,
    ListClaimState,
    ListSide,
    ProjectState,
    ResourceReach,
    ResourceState,
)


class Resource(Living):
    """资源: what a unit can lend or give, on its list from being published (`published_at`, the
    first time) until it is taken off.
    It is claimed for a time, by one community at a time. `former_unit` is whose it was before a
    successor took it over: figures count it there."""

    placement = TablePlacement.REFERENCE
    life = RESOURCE

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="resource"
    )
    former_unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=TITLE)
    text = models.CharField(max_length=TEXT, blank=True)
    schedule = models.CharField(max_length=SHORT, blank=True)
    amount = models.CharField(max_length=SHORT, blank=True)
    conditions = models.CharField(max_length=SHORT, blank=True)
    contact_name = models.CharField(max_length=TITLE)
    contact_phone = models.CharField(max_length=40)
    reach = CodeField(ResourceReach, default=ResourceReach.PARTNER)
    state = CodeField(ResourceState, default=ResourceState.DRAFT)
    drafted_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ResourceState.PUBLISHED) | Q(published_at__isnull=False),
                name="resource_published_has_date",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="resource_of_unit")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_listed(self) -> bool:
        """Whether it stands on the list now."""
        return self.state == ResourceState.PUBLISHED


class NeedCall(models.Model):
    """需求清单: a need for which its community wants so many units, from an instant until another.
    What is asked for stands with the need alone."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, related_name="+", related_query_name="call"
    )
    units = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("need"), condition=Q(until=None), name="need_call_one"),
            models.CheckConstraint(condition=Q(units__gte=1), name="need_call_wants_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}"


class Project(Living):
    """项目: what a unit and a community mean to do together in a year; proposed by one of them and
    claimed by the other, of units by several. `former_community` is whose it was before a successor
    took it over: figures count it there."""

    placement = TablePlacement.REFERENCE
    life = PROJECT

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="project"
    )
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    former_community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE)
    text = models.CharField(max_length=TEXT, blank=True)
    activities = models.PositiveSmallIntegerField(null=True)
    state = CodeField(ProjectState, default=ProjectState.OPEN)
    proposed_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["community", "year", "state"], name="project_of_year")]

    def __str__(self) -> str:
        return self.title

    @property
    def proposer(self) -> Organisation:
        """Who proposes it: the unit, else the community."""
        return self.unit or self.community


class ProjectOffer(models.Model):
    """An offer by which a project is carried out; what was done in it counts for the project."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="offers")
    offer = models.OneToOneField(
        Offer, on_delete=models.PROTECT, related_name="+", related_query_name="project_offer"
    )
    added_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.project_id} {self.offer_id}"


class ListClaim(Living):
    """双向认领: a community claims a resource of a unit for a time, perhaps for a need; a unit
    claims a need or a project of a community, a community a project of a unit. The other side
    answers. `side` is who claims. `former_unit` and `former_community` are the two between which it
    was claimed, where a successor took it over: figures count it there."""

    placement = TablePlacement.REFERENCE
    life = LIST_CLAIM

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="list_claim"
    )
    former_unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    former_community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    side = CodeField(ListSide)
    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, null=True, related_name="claims"
    )
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="list_claim"
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="claims")
    words = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    state = CodeField(ListClaimState, default=ListClaimState.OPEN)
    claimed_at = models.DateTimeField(default=clock.now)
    claimed_by = models.CharField(max_length=60)
    answered_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resource__isnull=False, project=None, starts_at__isnull=False)
                & Q(ends_at__gt=F("starts_at"))
                | Q(resource=None, project=None, need__isnull=False, starts_at=None, ends_at=None)
                | Q(resource=None, project__isnull=False, need=None, starts_at=None, ends_at=None),
                name="list_claim_of_one",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListClaimState.AGREED) | Q(agreed_at__isnull=False),
                name="list_claim_agreed_has_date",
            ),
            models.UniqueConstraint(
                F("unit"),
                F("need"),
                condition=Q(resource=None, need__isnull=False, state__in=LIST_CLAIM.live),
                name="list_claim_one_need",
            ),
            models.UniqueConstraint(
                F("unit"),
                F("project"),
                condition=Q(project__isnull=False, state__in=LIST_CLAIM.live),
                name="list_claim_one_project",
            ),
            ExclusionConstraint(
                name="list_claim_no_double_booking",
                expressions=[
                    ("resource", RangeOperators.EQUAL),
                    (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(resource__isnull=False, state=ListClaimState.AGREED),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="list_claim_unit"),
            models.Index(fields=["community", "state"], name="list_claim_community"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.community_id} {self.state}"

    @property
    def title(self) -> str:
        """What is claimed, as it is called."""
        row: Any = self.resource or self.project
        return row.title if row else self.need.text[:TITLE]  # type: ignore[union-attr]

    @property
    def claimant(self) -> Organisation:
        """Who claims."""
        return self.unit if self.side == ListSide.UNIT else self.community

    @property
    def other(self) -> Organisation:
        """Who answers."""
        return self.community if self.side == ListSide.UNIT else self.unit
