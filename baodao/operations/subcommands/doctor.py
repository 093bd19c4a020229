"""`baodao doctor`: what is in order, what is not, and what to do about it."""

import argparse
from collections.abc import Mapping

from django.utils.translation import gettext as _

from baodao.kernel.health import Check, Finding, Health, examine
from baodao.operations.frame import REFUSED, Outcome, Subparsers

MARKS: Mapping[Health, str] = {Health.OK: "✓", Health.WARN: "!", Health.FAIL: "✗"}


def add(subparsers: Subparsers) -> None:
    """`doctor` takes no arguments of its own."""
    parser = subparsers.add_parser("doctor", help="what is in order, and what to do")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> Outcome:
    """Every check in turn; refused when one fails."""
    findings = list(examine())
    failed = any(finding.health is Health.FAIL for _check, finding in findings)
    facts = {"checks": [_facts(*pair) for pair in findings]}
    return Outcome(REFUSED if failed else 0, facts, "\n".join(_line(*pair) for pair in findings))


def _facts(check: Check, finding: Finding) -> dict[str, str]:
    return {
        "name": check.name,
        "state": finding.health.value,
        "found": "\n".join(_lines(finding)),
        "advice": finding.advice,
    }


def _line(check: Check, finding: Finding) -> str:
    advice = f"\n    → {finding.advice}" if finding.advice else ""
    fact = "\n    ".join(_lines(finding))
    return f"{MARKS[finding.health]} {_(check.question)}: {fact}{advice}"


def _lines(finding: Finding) -> list[str]:
    """What was seen, in lines."""
    return [finding.fact, *(" ".join(part) for part in finding.parts)]
