"""Building a demo city in an empty database."""

from baodao.demo.commands.building import SIZES, Built, build

__all__ = ["SIZES", "Built", "build"]
