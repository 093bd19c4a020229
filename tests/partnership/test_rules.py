"""The pure decisions of partnership, by table."""

from itertools import product

import pytest

from baodao.kernel.errors import Refused
from baodao.partnership.rules.states import UNIT_REGISTRATION, UnitState, check_contact

ALLOWED = {
    ("submitted", "accepted"),
    ("submitted", "returned"),
    ("submitted", "ended"),
    ("returned", "submitted"),
    ("returned", "ended"),
    ("accepted", "ended"),
}


@pytest.mark.parametrize(("state", "to"), list(product(UnitState, UnitState)))
def test_a_units_registration_moves_only_as_its_life_knows(state: UnitState, to: UnitState) -> None:
    if (state, to) in ALLOWED:
        assert UNIT_REGISTRATION.move(state, to) is to
        return
    with pytest.raises(Refused, match=f"unit-registration.{state}"):
        UNIT_REGISTRATION.move(state, to)


def test_a_contact_form_names_secretary_contact_and_telephone() -> None:
    check_contact("邓敏", "戴文", "010-66660000")
    with pytest.raises(Refused, match="contact-missing"):
        check_contact("邓敏", " ", "010-66660000")
