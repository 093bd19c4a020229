"""Problems of a place with their tasks, whom was whistled for, and how each was closed."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from baodao.appraisal.models import FeedbackCard
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField, Living
from baodao.needs.models import Need
from baodao.needs.rules.life import AskerWord
from baodao.opinions.models import OpinionAnswer
from baodao.orgs.models import Organisation
from baodao.problems.rules.problems import PROBLEM, ProblemSource, ProblemState, WordWay
from baodao.visits.models import ContactVisit


class PlaceProblem(Living):
    """问题: what is to be solved in a place, by which organisation and by when.

    One that was made of a need, a feedback card or an opinion names it: who asked then stands there
    alone; of a visit several can be made. Else name and telephone of who asked are sealed here, and
    with its `code` they find it without an account. `assigned_at` is since when its owner has it.
    `outcome` is what the owner says was done, until the place closes it or asks them to go on. Rows
    of `queries.problems` know with whom the problem lies and since when.
    """

    placement = TablePlacement.REFERENCE
    life = PROBLEM

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    place = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="problem"
    )
    code = models.CharField(max_length=24, unique=True)
    source = CodeField(ProblemSource)
    need = models.OneToOneField(
        Need, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="problem"
    )
    card = models.OneToOneField(
        FeedbackCard,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="problem",
    )
    opinion = models.OneToOneField(
        OpinionAnswer,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="problem",
    )
    visit = models.ForeignKey(
        ContactVisit,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="problem",
    )
    text = models.CharField(max_length=200)
    spot = models.CharField(max_length=100, blank=True)
    asker_sealed = models.BinaryField(null=True)
    asker = SealedText("problem-asker", "asker_sealed")
    phone_sealed = models.BinaryField(null=True)
    phone = SealedText("problem-phone", "phone_sealed")
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    owner_name = models.CharField(max_length=60, blank=True)
    due_on = models.DateField()
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.CharField(max_length=60)
    assigned_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=500, blank=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_by = models.CharField(max_length=60, blank=True)
    state = CodeField(ProblemState, max_length=12, default=ProblemState.OPEN)

    holder: str
    since: datetime
    late: bool

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(need=None) | Q(asker_sealed=None, phone_sealed=None),
                name="problem_asker_once",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "state", "due_on"], name="problem_desk"),
            models.Index(fields=["owner", "state"], name="problem_owner"),
        ]

    def __str__(self) -> str:
        return self.text


class ProblemTask(models.Model):
    """任务: a step towards solving a problem, with who does it and by when, until it is done or
    withdrawn with a reason."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    problem = models.ForeignKey(PlaceProblem, on_delete=models.PROTECT, related_name="tasks")
    text = models.CharField(max_length=200)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    owner_name = models.CharField(max_length=60, blank=True)
    due_on = models.DateField()
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.CharField(max_length=60)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(withdrawn_at=None), name="problem_task_one_end"
            ),
        ]
        indexes = [models.Index(fields=["owner", "done_at"], name="problem_task_owner")]

    def __str__(self) -> str:
        return self.text


class Escalation(models.Model):
    """吹哨: an organisation is asked about a problem that those below it cannot solve, and answers
    within working days; a street may pass it on to a department, and who whistled may withdraw it
    with a reason."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    problem = models.ForeignKey(PlaceProblem, on_delete=models.PROTECT, related_name="escalations")
    sender = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    question = models.CharField(max_length=200)
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.CharField(max_length=60)
    due_on = models.DateField()
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True)
    overdue_told_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("problem"),
                condition=Q(answered_at=None, withdrawn_at=None),
                name="escalation_one_open",
            ),
        ]
        indexes = [models.Index(fields=["receiver", "answered_at"], name="escalation_receiver")]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.due_on}"


class ProblemClosure(models.Model):
    """销号: that a problem was closed as solved, by what one sees it, what who asked says, and that
    it was opened again."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    problem = models.ForeignKey(PlaceProblem, on_delete=models.PROTECT, related_name="closures")
    due_on = models.DateField()
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    closed_at = models.DateTimeField(default=clock.now)
    closed_by = models.CharField(max_length=60)
    evidence = models.CharField(max_length=500)
    word = CodeField(AskerWord, blank=True)
    word_way = CodeField(WordWay, blank=True)
    remark = models.CharField(max_length=200, blank=True)
    word_at = models.DateTimeField(null=True)
    word_by = models.CharField(max_length=60, blank=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("problem"), condition=Q(reopened_at=None), name="problem_closed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.due_on}"

    @property
    def in_time(self) -> bool:
        """Whether it was closed by the day on which it was due."""
        closed_on: date | None = clock.day_of(self.closed_at)
        return closed_on is not None and closed_on <= self.due_on
