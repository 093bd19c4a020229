"""Rounds of honours, the word on each who is judged, what it rests on, votes and objections."""

from datetime import UTC

from django.db import models
from django.db.models import F, Q

from baodao.accounts.models import Account
from baodao.documents.rules import number_text
from baodao.honours.rules.lives import (
    HONOUR_OBJECTION,
    HONOUR_ROUND,
    HonourKind,
    HonourObjectionState,
    HonourState,
    HonourVerdict,
    RulingBasis,
)
from baodao.honours.rules.rounds import GROUND, WORDS
from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class HonourRound(Living):
    """评议、评选: an organisation judges one thing of one time. Who belongs to it is read as of
    `as_of`: the end of the time, or when it was begun, if that was earlier. `most` is how many of
    those who are named are chosen. `public_until` is the last day of publicity; the number is that
    of the final list. `tie_reason` says why a tie of votes was settled as it was."""

    placement = TablePlacement.REFERENCE
    life = HONOUR_ROUND

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="honour_round"
    )
    kind = CodeField(HonourKind)
    period_text = models.CharField(max_length=24)
    as_of = models.DateTimeField()
    most = models.PositiveSmallIntegerField(default=0)
    state = CodeField(HonourState, default=HonourState.DRAFT)
    begun_at = models.DateTimeField(default=clock.now)
    begun_by = models.CharField(max_length=60)
    ballot_until = models.DateField(null=True)
    counted_at = models.DateTimeField(null=True)
    tie_reason = models.CharField(max_length=200, blank=True)
    public_on = models.DateField(null=True)
    public_until = models.DateField(null=True)
    published_by = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("organisation"),
                F("kind"),
                F("period_text"),
                condition=~Q(state=HonourState.WITHDRAWN),
                name="honour_round_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=HonourState.FINAL)
                | Q(number__isnull=False, year__isnull=False, issued_at__isnull=False),
                name="honour_round_final_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(HonourState.PUBLIC, HonourState.FINAL))
                | Q(public_on__isnull=False, public_until__gt=F("public_on")),
                name="honour_round_public_has_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.period_text}"

    @property
    def period(self) -> Period:
        """The time that is judged."""
        return read_period(self.period_text, AsOf(self.begun_at))

    @property
    def count(self) -> str:
        """The count of votes by which its proposals were made, as text; empty before one."""
        return self.counted_at.astimezone(UTC).isoformat() if self.counted_at else ""

    @property
    def number_text(self) -> str:
        """The number of the final list as it stands on paper; empty before."""
        return number_text(self.year, self.number) if self.year and self.number else ""


class HonourProposal(models.Model):
    """The word on a member or a unit in a round. `branch` is where the member belonged at the
    instant of the round, or the unit itself. `proposed` is what the machine proposes of a stored
    result (`ground`: which result of which version, and its reason; empty where it can say
    nothing), or the vote; `verdict` is what a named person signed last."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    round = models.ForeignKey(
        HonourRound, on_delete=models.PROTECT, related_name="proposals",
        related_query_name="proposal",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+",
        related_query_name="honour_proposal",
    )  # fmt: skip
    branch = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+",
        related_query_name="honour_proposal",
    )  # fmt: skip
    nomination = models.CharField(max_length=GROUND, blank=True)
    named_by = models.CharField(max_length=60, blank=True)
    proposed = CodeField(HonourVerdict, blank=True)
    ground = models.JSONField(default=dict)
    verdict = CodeField(HonourVerdict, blank=True)
    award = models.CharField(max_length=40, blank=True)
    signed_by = models.CharField(max_length=60, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("round"), F("person"), F("branch"), name="honour_proposal_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(verdict="", signed_at=None) | ~Q(verdict="") & ~Q(signed_at=None),
                name="honour_proposal_signed_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.round_id} {self.person_id or self.branch_id}"

    @property
    def name(self) -> str:
        """Of the member, or of the unit."""
        return self.person.name if self.person is not None else self.branch.name


class HonourRuling(Fact):
    """A word that was signed on somebody: on what it rests, why (where it is another than the one
    proposed, or than before), by whom. The last one holds; none is ever changed."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    proposal = models.ForeignKey(
        HonourProposal, on_delete=models.PROTECT, related_name="rulings",
        related_query_name="ruling",
    )  # fmt: skip
    basis = CodeField(RulingBasis)
    before = CodeField(HonourVerdict, blank=True)
    verdict = CodeField(HonourVerdict, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    ruled_by = models.CharField(max_length=60)
    ruled_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.verdict}"


class HonourObjection(Living):
    """An objection to a word on the public list, by the person or somebody with an account in
    scope; `name` is who objects, for those alone who answer."""

    placement = TablePlacement.REFERENCE
    life = HONOUR_OBJECTION

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    proposal = models.ForeignKey(
        HonourProposal, on_delete=models.PROTECT, related_name="objections",
        related_query_name="objection",
    )  # fmt: skip
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    text = models.CharField(max_length=WORDS)
    objected_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    state = CodeField(HonourObjectionState, default=HonourObjectionState.OPEN)
    answer = models.CharField(max_length=WORDS, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("proposal"), F("account"), condition=Q(state=HonourObjectionState.OPEN),
                name="honour_objection_one_open",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.state}"


class HonourVoter(models.Model):
    """Who may vote in a round, and the day on which they did; for whom is written nowhere."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    round = models.ForeignKey(
        HonourRound, on_delete=models.PROTECT, related_name="voters", related_query_name="voter"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", related_query_name="honour_voter"
    )
    voted_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(F("round"), F("account"), name="honour_voter_once")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.account_id}"


class HonourBallot(models.Model):
    """A sheet of a vote: whom it ticks. It has a random id, and neither voter nor instant, so that
    nobody can find out whose it is."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(
        HonourRound, on_delete=models.PROTECT, related_name="ballots", related_query_name="ballot"
    )
    ticks = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.round_id}"
