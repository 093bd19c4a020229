"""Many at once: who was done, and who was not and why."""

from baodao.kernel.batch import Batch
from baodao.kernel.errors import Refused


def test_each_is_done_or_named_with_the_reason_in_the_order_given() -> None:
    def halved(number: int) -> int:
        if number % 2:
            raise Refused("number.odd", "It is odd.")
        return number // 2

    batch = Batch.each([4, 3, 8, 5], halved, "№{}".format)
    assert batch.done == [2, 4]
    assert [(name, no.code) for name, no in batch.refused] == [
        ("№3", "number.odd"),
        ("№5", "number.odd"),
    ]


def test_of_nobody_nobody_is_done() -> None:
    assert Batch.each([], str, str) == Batch([], [])
