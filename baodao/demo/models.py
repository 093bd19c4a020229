"""The mark that makes a database a demo, and who plays in it; neither can be changed."""

from django.db import models
from django.db.models import Q

from baodao.kernel import clock
from baodao.kernel.facts import Fact, OwnersFact
from baodao.kernel.placement import TablePlacement


class DemoWorld(OwnersFact):
    """The one row of a demo database: how it was made. Without it nobody signs in by a click.

    The application's role cannot insert it: the function `demo_mark` of the owner does, and only
    while the database holds no organisation and no journal.
    """

    placement = TablePlacement.LOCAL
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seed = models.BigIntegerField()
    size = models.CharField(max_length=12)
    built_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demo_world_single")]

    def __str__(self) -> str:
        return f"{self.size} {self.seed}"


class DemoPart(Fact):
    """Whose account a part of `cast.CAST` is, by the part's username; told to nobody where there is
    no mark."""

    placement = TablePlacement.LOCAL
    id = models.CharField(max_length=150, primary_key=True)
    account_id = models.UUIDField()

    def __str__(self) -> str:
        return self.id
