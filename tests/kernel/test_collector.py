"""The garbage collector stands still in a block, and goes on after the last of several."""

import gc

import pytest

from baodao.kernel.collector import collector_paused


def test_it_stands_still_in_the_block_and_goes_on_after_it() -> None:
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_block_that_failed() -> None:
    with pytest.raises(ValueError, match="x"), collector_paused():
        raise ValueError("x")
    assert gc.isenabled()
