"""The order in which the demo's story is told."""

from datetime import timedelta

from baodao.demo.diary import Diary
from baodao.kernel import clock


def test_what_is_entered_for_an_instant_that_has_passed_happens_now() -> None:
    diary, told = Diary(), []
    start = clock.now()

    def served() -> None:
        told.append(("served", clock.now() - start))

    def dispatched() -> None:
        told.append(("dispatched", clock.now() - start))
        diary.enter(start - timedelta(hours=4), served)

    diary.enter(start, dispatched)
    assert diary.live() == 2
    assert told == [("dispatched", timedelta()), ("served", timedelta())]
