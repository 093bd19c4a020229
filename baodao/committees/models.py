"""Committees with their members, meetings with their items and who came, and the minutes."""

from django.db import models
from django.db.models import F, Q

from baodao.committees.rules.committees import MEETING, CommitteeKind, MeetingState
from baodao.documents.rules import number_text
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.needs.models import Need
from baodao.orgs.models import Organisation
from baodao.problems.models import PlaceProblem, ProblemTask


class Committee(models.Model):
    """区域党委, 大党委, 联席会议 of a street or a community."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    place = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    kind = CodeField(CommitteeKind)
    name = models.CharField(max_length=60)
    founded_at = models.DateTimeField(default=clock.now)
    founded_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["place", "ended_at"], name="committee_place")]

    def __str__(self) -> str:
        return self.name


class CommitteeMember(models.Model):
    """Who is in a committee from one day to another: an organisation, one that is only named, or a
    person; `office` is what they are in it (兼职委员)."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="members")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    name = models.CharField(max_length=60, blank=True)
    person = models.CharField(max_length=60, blank=True)
    office = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="committee_member_term"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "until"], name="committee_member_org")]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """Who it is, in words."""
        where = self.organisation.name if self.organisation else self.name
        return " ".join(part for part in (where, self.person) if part)


class Meeting(Living):
    """会议: when and where a committee meets, with place and names as they were. One that was
    entered after it took place was `called_at` later than it began."""

    placement = TablePlacement.REFERENCE
    life = MEETING

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    place = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    committee_name = models.CharField(max_length=60)
    place_name = models.CharField(max_length=100)
    starts_at = models.DateTimeField()
    spot = models.CharField(max_length=100)
    state = CodeField(MeetingState, max_length=12, default=MeetingState.CALLED)
    called_at = models.DateTimeField(default=clock.now)
    called_by = models.CharField(max_length=60)
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["place", "starts_at"], name="meeting_of_place")]

    def __str__(self) -> str:
        return f"{self.committee_id} {self.starts_at.isoformat()}"

    @property
    def entered_later(self) -> bool:
        """Whether nobody was invited by it: it had taken place when it was entered."""
        return bool(self.called_at >= self.starts_at)


class MeetingItem(models.Model):
    """议题: what a meeting is about, and what it decided; `decided_at` is when that was first
    written down."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    problem = models.ForeignKey(
        PlaceProblem, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    decision = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("meeting"), F("position"), name="meeting_item_place"),
        ]

    def __str__(self) -> str:
        return self.text


class DecisionTask(models.Model):
    """A task that a meeting decided: of which item, and in the `words` of that day, as minutes tell
    it."""

    placement = TablePlacement.REFERENCE
    task = models.OneToOneField(
        ProblemTask, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, related_name="decision_tasks")
    words = models.CharField(max_length=400)

    def __str__(self) -> str:
        return str(self.task_id)


class Invitee(models.Model):
    """Who was invited to a meeting, by the name of that day; whether they came is a fact."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitees")
    member = models.ForeignKey(CommitteeMember, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=180)
    came = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("meeting"), F("member"), name="invitee_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Minutes(models.Model):
    """会议纪要: a draft until it is issued with its number; a later version stands in its place.

    A draft on which nobody wrote has no `text`: it is what attendance, decisions and tasks say now
    (`queries.minutes.words_of`). `basis` is what these said when somebody first wrote on the draft,
    or when it was issued: so what changed since can be told.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    signer = models.CharField(max_length=60, blank=True)
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("meeting"), F("version"), name="minutes_version_once"),
            models.UniqueConstraint(
                F("meeting"), condition=Q(issued_at=None), name="minutes_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None) | ~Q(text=""), name="minutes_issued_with_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.version}"

    @property
    def number_text(self) -> str:
        """The number as it stands on the paper; empty of a draft."""
        if self.number is None or self.year is None:
            return ""
        return number_text(self.year, self.number)
