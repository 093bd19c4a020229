"""The tree of places, units and branches, and settings inherited down it."""

from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.orgs.rules.handovers import Reform
from baodao.orgs.rules.tree import Kind


class Organisation(models.Model):
    """One node of the tree: a place, a unit, a branch, a grid or a team.

    `code` is the national 12-digit division code of a place, or the code an authority gave a
    unit. `path` is made of codes (see `rules.path_of`) and compared byte by byte.
    """

    placement = TablePlacement.REFERENCE
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    kind = CodeField(Kind, max_length=12)
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=100)
    pinyin = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=255, unique=True, db_collation="C")
    sort = models.PositiveIntegerField(default=0)
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sort", "code"]
        indexes = [models.Index(fields=["parent", "kind", "sort"], name="organisation_child")]
        constraints = [
            models.CheckConstraint(
                condition=Q(path__endswith="."), name="organisation_path_closed"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-Z-]+$"), name="organisation_code_plain"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whole_name(self) -> str:
        """The name; of a branch with what it hangs below, since names of branches repeat."""
        if self.kind == Kind.BRANCH and self.parent is not None:
            return f"{self.name}（{self.parent.name}）"
        return self.name


class OrganisationPeriod(models.Model):
    """What an organisation was from one recorded instant until another.

    Written by every command that changes a name, a place in the tree or a contact; what the
    organisation is now stands in `Organisation` alone. The periods of one organisation follow each
    other without a gap, from `Organisation.opened_at` on.
    """

    placement = TablePlacement.REFERENCE
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="periods")
    parent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="+"
    )
    kind = CodeField(Kind, max_length=12)
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=100)
    path = models.CharField(max_length=255, db_collation="C")
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(since__lt=F("until")), name="organisation_period_until_after"
            ),
            models.UniqueConstraint(
                F("organisation"), F("until"), name="organisation_period_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["until"], name="organisation_period_until")]

    def __str__(self) -> str:
        return f"{self.name} {self.since:%Y-%m-%d %H:%M}"


class Successor(models.Model):
    """An organisation that took over from one that was merged or split, and when."""

    placement = TablePlacement.REFERENCE
    predecessor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="successors"
    )
    successor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="predecessors"
    )
    how = CodeField(Reform, max_length=12)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(F("predecessor"), F("successor"), name="successor_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="successor_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Reorganisation(models.Model):
    """One organisation renamed, moved, merged, split or dissolved: why, by whom (the name of their
    account), and every change of a row, so that it can be undone until the first fact was written
    in one of the organisations `concerned`."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reorganisations"
    )
    reform = CodeField(Reform, max_length=12)
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)
    concerned = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "at"], name="reorganisation_of")]

    def __str__(self) -> str:
        return f"{self.reform} {self.organisation_id}"


class Setting(models.Model):
    """What an organisation set: the value of a policy, which holds for it and everything below
    until one nearer says else. `set_by` is who did it, by the name of their account."""

    placement = TablePlacement.REFERENCE
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="settings"
    )
    key = models.CharField(max_length=60)
    value = models.JSONField()
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(F("organisation"), F("key"), name="setting_once")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
