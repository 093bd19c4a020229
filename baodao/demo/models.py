"""The mark that makes a database a demo; it cannot be changed, only made with the demo."""

from django.db import models
from django.db.models import Q

from baodao.kernel import clock
from baodao.kernel.facts import Fact


class DemoWorld(Fact):
    """The one row of a demo database: how it was made, and whose account each part is.

    `cast` is username of `cast.CAST` → account id. Only `commands.build` writes it, and only into
    an empty database; without it there is no one-click sign-in.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seed = models.BigIntegerField()
    size = models.CharField(max_length=12)
    cast = models.JSONField()
    built_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demo_world_single")]

    def __str__(self) -> str:
        return f"{self.size} {self.seed}"
