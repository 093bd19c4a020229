"""Tallies of records."""

from django.db import models

from baodao.kernel.placement import TablePlacement


class TallyHead(models.Model):
    """Up to which record of a community's chain the tallies hold it."""

    placement = TablePlacement.LOCAL
    community_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.community_id} {self.seq}"


class MonthTally(models.Model):
    """The services of one month, recorded in one month, of a branch or in a community.

    Reversals count -1 and their negative minutes. `first_at` and `last_at` are when the first and
    the last of these rows was recorded: they decide whether an earlier instant sees all or none.
    How many of the services are some part of them stands beside (`rules/parts.py`).
    """

    placement = TablePlacement.LOCAL
    pk = models.CompositePrimaryKey("organisation_id", "month", "recorded_in")
    organisation_id = models.BigIntegerField()
    month = models.DateField()
    recorded_in = models.DateField()
    services = models.IntegerField()
    minutes = models.BigIntegerField()
    by_check_in = models.IntegerField()
    by_list = models.IntegerField()
    by_statement = models.IntegerField()
    by_office = models.IntegerField()
    by_import = models.IntegerField()
    confirmed = models.IntegerField()
    in_teams = models.IntegerField()
    in_pairings = models.IntegerField()
    for_needs = models.IntegerField()
    minutes_for_needs = models.BigIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="month_tally_last")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.month:%Y-%m}: {self.services}"


class KindMonth(models.Model):
    """The minutes of one month by kind of service, recorded in one month, of a branch or in a
    community; reversals and instants as in `MonthTally`. It says no more than that one, in more
    rows: it is read where kinds are told apart alone."""

    placement = TablePlacement.LOCAL
    pk = models.CompositePrimaryKey("organisation_id", "month", "recorded_in", "category")
    organisation_id = models.BigIntegerField()
    month = models.DateField()
    recorded_in = models.DateField()
    category = models.CharField(max_length=30)
    minutes = models.BigIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.month:%Y-%m} {self.category}: {self.minutes}"


class PersonMonth(models.Model):
    """How many standing records of one month a person has; the instants as in `MonthTally`."""

    placement = TablePlacement.LOCAL
    pk = models.CompositePrimaryKey("person_id", "month")
    person_id = models.UUIDField()
    month = models.DateField()
    standing = models.IntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["person_id", "month"],
                include=["standing", "first_at", "last_at"],
                name="person_month_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m}: {self.standing}"


class PersonYear(models.Model):
    """In which months of a year a person has a standing record, as bits, January as `1 << 1`; the
    instants as in `MonthTally`. It says nothing that the months do not say, in one row."""

    placement = TablePlacement.LOCAL
    pk = models.CompositePrimaryKey("person_id", "year")
    person_id = models.UUIDField()
    year = models.SmallIntegerField()
    months = models.IntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="person_year_last")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}: {self.months:b}"
