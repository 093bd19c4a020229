"""The official tables issued."""

from django.db import models
from django.db.models import F

from baodao.documents.rules import number_text
from baodao.kernel import clock, ids
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.kernel.placement import TablePlacement
from baodao.orgs.models import Organisation


class IssuedTable(models.Model):
    """An official table with its number: on which form, whose, as of when; its figures follow from
    that.

    `day` is set when the instant is the end of that day. A table with figures of a period has it.
    `version` is the key of what it was printed by, where several tables share a form.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    form = models.CharField(max_length=40)
    version = models.CharField(max_length=36, blank=True)
    period_text = models.CharField(max_length=24, blank=True)
    as_of = models.DateTimeField()
    day = models.DateField(null=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=32, unique=True, default=ids.new_token)
    issued_by = models.CharField(max_length=60)
    issued_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                *(F("organisation"), F("form"), F("year"), F("number")),
                name="issued_table_number_once",
            ),
            models.UniqueConstraint(
                *(F("organisation"), F("form"), F("version"), F("as_of"), F("period_text")),
                name="issued_table_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number_text

    @property
    def number_text(self) -> str:
        """The number as it stands on the table."""
        return number_text(self.year, self.number)

    @property
    def moment(self) -> AsOf:
        return AsOf(self.as_of, self.day)

    @property
    def period(self) -> Period:
        """Of a table without one it is the year of its instant, and says nothing."""
        return read_period(self.period_text, self.moment)
