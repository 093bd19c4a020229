"""`baodao compliance`: the state of the built-in rules, for inspectors."""

import argparse
from dataclasses import asdict

from baodao.config.cli.frame import REFUSED, Outcome, Subparsers
from baodao.config.compliance import State, filing, points


def add(subparsers: Subparsers) -> None:
    """`compliance` takes no arguments of its own."""
    parser = subparsers.add_parser("compliance", help="the state of the built-in rules")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> Outcome:
    """Every rule with its fact; exit code 1 when one does not hold."""
    found = points()
    lines = [f"{p.number:>2} {p.rule}: {p.state_words}. {p.fact}" for p in found]
    lines += ["", *(f"{name}: {fact}" for name, fact in filing())]
    broken = any(point.state is State.BROKEN for point in found)
    facts = {"points": [asdict(point) for point in found], "filing": dict(filing())}
    return Outcome(REFUSED if broken else 0, facts, "\n".join(lines))
