"""Which snapshots are kept, and for how long."""

from baodao.figures.queries.sql import present
from baodao.kernel.moments import month_ends
from baodao.snapshots.commands import KEPT, take_snapshot
from baodao.snapshots.models import Figure, Snapshot
from tests.figures.histories import CLERK
from tests.world import World


def test_snapshots_of_the_ends_of_months_stay(world: World) -> None:
    (end,) = month_ends(present(), 1)
    take_snapshot(CLERK, as_of=end)
    for _ in range(KEPT + 2):
        take_snapshot(CLERK)
    assert Snapshot.objects.filter(as_of=end.instant).exists()
    assert Snapshot.objects.count() == KEPT + 1


def test_the_worker_keeps_no_more_snapshots_than_it_needs(world: World) -> None:
    for _ in range(KEPT + 2):
        take_snapshot(CLERK)
    assert Snapshot.objects.count() == KEPT
    assert set(Figure.objects.values_list("snapshot", flat=True)) == set(
        Snapshot.objects.values_list("pk", flat=True)
    )
