"""What the makers of the tests promise."""

from tests import factories


def test_a_number_is_given_once_whatever_area_was_asked_for() -> None:
    elsewhere = factories.id_number(area=990102)
    assert elsewhere not in [factories.id_number() for _ in range(1_000)]
