"""Help groups, who is in them when, by which households they stand when, their help."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from baodao.helpgroups.rules.groups import AideEnding, AidePart, StandEnding
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.residents.models import SealedHousehold, SupportMeasure
from baodao.statements.models import Statement


class HelpGroup(models.Model):
    """红色帮扶小组 of a community, most often of one of its grids."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="help_group"
    )
    grid = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    name = models.CharField(max_length=40)
    founded_at = models.DateTimeField(default=clock.now)
    founded_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("community"), F("name"), condition=Q(ended_at=None), name="help_group_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupAide(models.Model):
    """Who is in a group from one instant until another: a member, alone or because they are in a
    team that joined; or by name somebody who is no member."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    group = models.ForeignKey(HelpGroup, on_delete=models.PROTECT, related_name="aides")
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="group_aide",
    )
    team = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    name = models.CharField(max_length=60)
    part = CodeField(AidePart, max_length=12)
    joined_at = models.DateTimeField(default=clock.now)
    joined_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ending = CodeField(AideEnding, max_length=8, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("group"), F("person"), condition=Q(ended_at=None), name="group_aide_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="group_aide_ending",
            ),
        ]
        indexes = [models.Index(fields=["person", "ended_at"], name="group_aide_person")]

    def __str__(self) -> str:
        return f"{self.part} {self.joined_at}"

    @property
    def ending_words(self) -> str:
        """Why they are in it no longer."""
        return gettext(AideEnding.words_of(self.ending)) if self.ending else ""


class GroupHousehold(models.Model):
    """By which household a group stands from one instant until another; `title` is what is read of
    it without opening it. It holds while `community` keeps the file of the household: the day on
    which the file is deleted or handed over ends it at once, before anybody writes so. Of a file
    that is deleted nothing is left here but its number."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    group = models.ForeignKey(HelpGroup, on_delete=models.PROTECT, related_name="households")
    household = models.ForeignKey(
        SealedHousehold,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        related_query_name="group_household",
    )
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    file_number = models.CharField(max_length=20)
    title = models.CharField(max_length=40)
    taken_at = models.DateTimeField(default=clock.now)
    taken_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)
    ending = CodeField(StandEnding, max_length=12, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="follower"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("household"), condition=Q(ended_at=None), name="group_household_one_group"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="group_household_ending",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ending_words(self) -> str:
        """Why the group stands by it no longer."""
        return gettext(StandEnding.words_of(self.ending)) if self.ending else ""


class GroupHelp(models.Model):
    """What somebody of the group stated that they did for a household; day, length and words stand
    in the statement, which the community confirms."""

    placement = TablePlacement.REFERENCE
    statement = models.OneToOneField(
        Statement,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        related_query_name="group_help",
    )
    stand = models.ForeignKey(GroupHousehold, on_delete=models.PROTECT, related_name="helps")

    def __str__(self) -> str:
        return str(self.statement_id)


class MeasureDoer(models.Model):
    """帮扶措施责任人: who is known here and does a measure, a member, a group, or a team or a unit;
    `told_at` is when they were told that it is due. Who it is in words stands with the measure."""

    placement = TablePlacement.REFERENCE
    measure = models.OneToOneField(
        SupportMeasure,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
        related_query_name="measure_doer",
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    group = models.ForeignKey(
        HelpGroup, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    named_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, group=None, organisation=None)
                | Q(person=None, group__isnull=False, organisation=None)
                | Q(person=None, group=None, organisation__isnull=False),
                name="measure_doer_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.measure_id)


class GroupReminder(models.Model):
    """A group was reminded of the visit to a household that was due on a day."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    stand = models.ForeignKey(GroupHousehold, on_delete=models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("stand"), F("due_on"), name="group_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stand_id} {self.due_on}"
