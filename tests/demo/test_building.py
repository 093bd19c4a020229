"""The demo city: as told, in time, once, and nowhere else."""

from datetime import UTC, datetime

import pytest

from baodao.demo.commands import build


def test_it_tells_the_small_city(db: None) -> None:
    built = build(seed=1, size="small")
    print(built)
