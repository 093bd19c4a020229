"""A life: what follows what, how things stand, and what is left out when it is written down."""

import pytest

from baodao.kernel.errors import Refused
from baodao.kernel.lives import Code, Life, check_reason


class Lamp(Code):
    """A lamp, to be lit once and mended when it broke."""

    OFF = "off", "Not lit"
    ON = "on", "Lit"
    BROKEN = "broken", "Broken"


REFUSALS = {Lamp.OFF: "It is off.", Lamp.ON: "It is lit.", Lamp.BROKEN: "It is broken."}
MOVES = {Lamp.OFF: {Lamp.ON}, Lamp.ON: {Lamp.BROKEN}, Lamp.BROKEN: set()}
LIFE = Life("lamp", moves=MOVES, refusals=REFUSALS)


def test_a_code_is_its_text_and_carries_its_words() -> None:
    assert Lamp("on") is Lamp.ON
    assert f"{Lamp.ON}" == "on"
    assert Lamp.words_of("on") == "Lit"
    assert Lamp.words_of("stolen") == "stolen"


@pytest.mark.parametrize("state", Lamp)
@pytest.mark.parametrize("to", Lamp)
def test_it_moves_where_its_life_says_and_else_tells_how_it_stands(state: Lamp, to: Lamp) -> None:
    if to in MOVES[state]:
        assert LIFE.move(state.value, to) is to
    else:
        with pytest.raises(Refused, match=f"lamp.{state}: {REFUSALS[state]}"):
            LIFE.move(state.value, to)


def test_what_no_state_follows_is_over_unless_said_otherwise() -> None:
    assert (LIFE.live, LIFE.over) == ((Lamp.OFF, Lamp.ON), (Lamp.BROKEN,))
    mended = Life(
        "lamp",
        moves=MOVES | {Lamp.BROKEN: {Lamp.OFF}},
        refusals=REFUSALS,
        over=(Lamp.BROKEN,),
    )
    assert mended.live == (Lamp.OFF, Lamp.ON)


def test_an_act_that_needs_another_state_is_answered_with_how_it_stands() -> None:
    LIFE.check("on", Lamp.ON, Lamp.OFF)
    with pytest.raises(Refused, match=r"lamp\.broken: It is broken\."):
        LIFE.check("broken", Lamp.ON, Lamp.OFF)


def test_a_life_that_leaves_out_a_state_is_refused() -> None:
    with pytest.raises(ValueError, match="leaves out a state"):
        Life("lamp", moves=MOVES, refusals={Lamp.OFF: "It is off."})


def test_a_reason_is_a_short_sentence() -> None:
    assert check_reason(" 地址不符 ") == "地址不符"
    assert check_reason("因" * 200) == "因" * 200
    with pytest.raises(Refused, match=r"reason\.missing"):
        check_reason(" \n")
    with pytest.raises(Refused, match=r"reason\.too-long"):
        check_reason("因" * 201)
    assert check_reason("因" * 500, 500) == "因" * 500
