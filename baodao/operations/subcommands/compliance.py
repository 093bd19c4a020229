"""`baodao compliance`: the state of the built-in rules, for inspectors."""

import argparse
from dataclasses import asdict
from pathlib import Path

from baodao.home.documents.compliance import REPORTS, compliance_report
from baodao.home.queries.compliance import Compliance, filing, points, upkeep
from baodao.operations.frame import REFUSED, Outcome, Subparsers


def add(subparsers: Subparsers) -> None:
    """`--out` writes a document beside what is printed."""
    parser = subparsers.add_parser("compliance", help="the state of the built-in rules")
    parser.add_argument("--paper", choices=tuple(REPORTS), default="compliance-report")
    parser.add_argument(
        "--out", type=Path, metavar="PATH", help="write the paper: .pdf .docx .xlsx .html"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Outcome:
    """Every rule with its fact; exit code 1 when one does not hold."""
    if arguments.out:
        paper = compliance_report(arguments.paper, arguments.out.suffix.removeprefix("."))
        arguments.out.write_bytes(paper.content)
    rules = points()
    lines = [f"{p.number:>2} {p.rule}: {p.state_words}. {p.fact}" for p in rules]
    work = upkeep()
    lines += ["", *(f"{one.name}: {one.state_words}, {one.fact}" for one in work)]
    lines += ["", *(f"{name}: {fact}" for name, fact in filing())]
    broken = any(point.state is Compliance.BROKEN for point in rules)
    facts = {
        "points": [asdict(point) for point in rules],
        "upkeep": [asdict(one) for one in work],
        "filing": dict(filing()),
    }
    return Outcome(REFUSED if broken else 0, facts, "\n".join(lines))
