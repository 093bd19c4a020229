"""The themes of the months, and the addresses of the calendars of members, teams and units."""

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class Theme(models.Model):
    """月有主题: what a month is about in a community; activities of the month may serve it."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="theme"
    )
    month = models.DateField()
    title = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("community"), F("month"), name="theme_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="theme_month_starts"),
        ]

    def __str__(self) -> str:
        return self.title


class Feed(models.Model):
    """The address of a calendar: who knows the token reads it; a new one ends the old. It is that
    of what its person took on, or of what the `team` did in which they stand; or, of nobody in
    person, that of what a `unit` does, whoever is its clerk."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="+", related_query_name="+"
    )
    team = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="+",
    )
    unit = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        related_query_name="+",
    )
    token = models.CharField(max_length=32, unique=True, default=ids.new_token)
    made_at = models.DateTimeField(default=clock.now)

    replaced = False
    """Whether it ended one that was there, told by whoever made it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "team"],
                condition=Q(unit=None),
                nulls_distinct=False,
                name="feed_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit=None)
                | Q(person=None, team=None, unit__isnull=False),
                name="feed_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id or self.unit_id)
