"""What is kept of a service team beside the tree: what it is of, who leads it, who asks to
join or to leave.

Who is a member is said by the placement of their registration alone, and its periods by the stages
of the registration (`docs/adr/0039-a-team-is-a-placement.md`).
"""

from datetime import date

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation
from baodao.registration.models import Registration
from baodao.teams.rules.teams import TEAM_REQUEST, Bond, Passage, RequestState, leaves_on


class TeamProfile(models.Model):
    """Of what a service team is, and what it says about itself; a team that says nothing has
    none."""

    placement = TablePlacement.REFERENCE
    team = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        related_query_name="team_profile",
    )
    bond = CodeField(Bond)
    about = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.team_id} {self.bond}"


class TeamLeader(models.Model):
    """队长: a member who leads a team from an instant until another.

    It holds as long as `until` is empty and the `registration` stands in the team: who leaves the
    team or the community leads it no longer from that moment on, and who is taken in again neither.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    team = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", related_query_name="leads"
    )
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    named_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("team"), F("registration"), condition=Q(until=None), name="team_leader_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="team_leader_until_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.registration_id}"


class TeamRequest(Living):
    """入队申请, 退队申请: a member asks to join a team or to leave theirs; its leader, or the
    community, answers. Of who asks to leave, `reason` is a word to stay: they are in the team
    until somebody agrees, or the days are over, and out of it then."""

    placement = TablePlacement.REFERENCE
    life = TEAM_REQUEST

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    team = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", related_query_name="team_request"
    )
    passage = CodeField(Passage, default=Passage.JOIN)
    state = CodeField(RequestState, default=RequestState.WAITING)
    words = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("registration"),
                F("passage"),
                condition=Q(state__in=TEAM_REQUEST.live),
                name="team_request_one_live",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.passage} {self.state}"

    @property
    def leaves_on(self) -> date:
        """The day by which who asks to leave is out of the team."""
        return leaves_on(clock.local(self.requested_at).date())
