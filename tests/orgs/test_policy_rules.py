"""Policies as they are declared: bounds, levels, what is kept, and what the registry refuses."""

from datetime import time
from typing import Any

import pytest

from baodao.kernel.errors import Refused
from baodao.orgs.rules import policies
from baodao.orgs.rules.dictionaries import Dictionary, Word
from baodao.orgs.rules.policies import (
    AUTHORITIES,
    COMMUNITIES,
    POLICIES,
    UNITS,
    Alternative,
    Amount,
    Policy,
    Quantity,
    TimeOfDay,
    grouped,
    register_policies,
)
from baodao.orgs.rules.tree import Kind

LAMPS = Amount(
    key="lamp.most",
    question="Lamps",
    default=2,
    quantity=Quantity.TIMES,
    least=1,
    most=5,
    levels=AUTHORITIES,
    at=COMMUNITIES,
)
DUSK = TimeOfDay(
    key="lamp.dusk",
    question="Dusk",
    default=time(18),
    least=time(16),
    most=time(21),
    levels=AUTHORITIES,
    at=COMMUNITIES,
)
COLOUR = Alternative(
    key="lamp.colour",
    question="Colour",
    default="red",
    answers={"red": "Red", "green": "Green"},
    levels=AUTHORITIES | {Kind.UNIT},
    at=UNITS,
)
NAMES = Dictionary(
    key="lamp.names",
    question="Names",
    default=(Word("a", "甲"), Word("b", "乙")),
    levels=AUTHORITIES,
    at=COMMUNITIES,
    page="lamp:names",
)


@pytest.fixture
def lamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry of these four alone."""
    monkeypatch.setattr(policies, "POLICIES", {})
    monkeypatch.setattr(policies, "GROUPS", {})
    register_policies("Lamps", LAMPS, DUSK)
    register_policies("Colours", COLOUR, NAMES)


@pytest.mark.parametrize(
    ("policy", "value", "code"),
    [
        (LAMPS, 1, None),
        (LAMPS, 5, None),
        (LAMPS, 0, "policy.bounds"),
        (LAMPS, 6, "policy.bounds"),
        (DUSK, time(16), None),
        (DUSK, time(21), None),
        (DUSK, time(15, 59), "policy.bounds-of-day"),
        (DUSK, time(21, 1), "policy.bounds-of-day"),
        (COLOUR, "green", None),
        (COLOUR, "blue", "policy.unknown"),
        (NAMES, [Word("a", "甲"), Word("b", "乙", is_offered=False)], None),
        (NAMES, [Word("a", "甲")], "dictionary.codes"),
    ],
)
def test_a_value_outside_the_bounds_is_refused(
    policy: Policy[Any], value: object, code: str | None
) -> None:
    if code is None:
        policy.check(value, policy.default)
        return
    with pytest.raises(Refused) as refused:
        policy.check(value, policy.default)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("policy", "value", "kept", "noted"),
    [
        (LAMPS, 3, 3, "3"),
        (DUSK, time(6, 30), "06:30", "6:30"),
        (COLOUR, "green", "green", "Green"),
        (NAMES, [Word("a", "甲", is_offered=False), Word("b", "乙")],
         [["a", "甲", False], ["b", "乙", True]], ["乙"]),
    ],
)  # fmt: skip
def test_what_is_kept_is_read_again(
    policy: Policy[Any], value: object, kept: object, noted: object
) -> None:
    assert policy.kept(value) == kept
    assert policy.read(kept) == value
    assert policy.noted(value) == noted


def test_only_its_levels_set_it() -> None:
    for kind in AUTHORITIES:
        LAMPS.check_level(kind)
    with pytest.raises(Refused, match=r"policy\.level"):
        LAMPS.check_level(Kind.COMMUNITY)


@pytest.mark.usefixtures("lamps")
def test_a_page_shows_what_may_be_set_there_or_holds_there() -> None:
    assert grouped(Kind.CITY) == {"Lamps": [LAMPS, DUSK], "Colours": [COLOUR, NAMES]}
    assert grouped(Kind.TEAM) == {"Lamps": [LAMPS, DUSK], "Colours": [NAMES]}
    assert grouped(Kind.BRANCH) == {"Colours": [COLOUR]}


@pytest.mark.usefixtures("lamps")
def test_a_key_stands_once_and_a_default_lies_within_its_bounds() -> None:
    with pytest.raises(ValueError, match=r"two policies are called lamp\.most"):
        register_policies("Lamps", LAMPS)
    wrong = Amount(**vars(LAMPS) | {"key": "lamp.least", "default": 9})
    with pytest.raises(ValueError, match=r"the default of lamp\.least is not allowed"):
        register_policies("Lamps", wrong)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=list(POLICIES))
def test_a_registered_policy_is_set_above_where_it_holds(policy: Policy[Any]) -> None:
    noun, _, rest = policy.key.partition(".")
    assert noun.isidentifier()
    assert rest.isidentifier()
    assert Kind.CITY in policy.levels, "the authority of the site may always decide"
    assert policy.at
