"""`baodao policy`: policies as texts, checked, explained, tried on the facts of an organisation."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext, ngettext

from baodao.accounts.queries import operator
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.moments import read_as_of
from baodao.operations.frame import DONE, REFUSED, Outcome, Subparsers
from baodao.orgs.queries.tree import organisations_anywhere
from baodao.policies.queries.wording import (
    caution_words,
    explained,
    misprint_lines,
    outcome_words,
    reason_words,
)
from baodao.policies.rules.checks import unrecorded_in
from baodao.policies.rules.documents import digest_of, read_policy, switches_of
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.measures import SubjectKind
from baodao.policies.rules.presets import preset_text
from baodao.policies.rules.reading import Misprints
from baodao.policies.rules.schema import schema
from baodao.spreadsheets.text import decoded
from baodao.trials.queries import Trial, called, trial_of


def add(subparsers: Subparsers) -> None:
    group = subparsers.add_parser("policy", help="policies as texts: check, explain, simulate")
    leaves = group.add_subparsers(metavar="ACTION", required=True)
    leaf = leaves.add_parser("check", help="whether a text can be applied, and what is wrong in it")
    leaf.add_argument("file", metavar="FILE", help="a file, or the name of a preset such as r2")
    leaf.set_defaults(run=check, alone=True)
    leaf = leaves.add_parser("explain", help="what a policy says, in sentences")
    leaf.add_argument("file", metavar="FILE", help="a file, or the name of a preset such as r2")
    leaf.set_defaults(run=explain, alone=True)
    leaf = leaves.add_parser("schema", help="the JSON Schema of the language, for editors")
    leaf.set_defaults(run=print_schema, alone=True)
    leaf = leaves.add_parser("simulate", help="who would pass, and what changes; nothing is kept")
    leaf.add_argument("file", metavar="FILE", help="a file, or the name of a preset such as r2")
    leaf.add_argument("--org", required=True, metavar="CODE", help="branch, unit or place")
    leaf.add_argument("--as-of", default="", metavar="DATE", help="the end of that day; else today")
    leaf.add_argument("--against", default="", metavar="OTHER", help="what changes beside another")
    leaf.set_defaults(run=simulate)


def _text(name: str) -> str:
    """The text of a preset, else of a file, as the programs of offices save it."""
    text = preset_text(name)
    if text is not None:
        return text
    try:
        return decoded(Path(name).read_bytes())
    except (OSError, Refused) as error:
        raise Refused(
            "policy.unreadable", gettext_noop("The file %(file)s cannot be read."), file=name
        ) from error


def _wrong(misprints: Misprints, name: str) -> Outcome:
    """All that is wrong, a line each, as a refusal."""
    lines = misprint_lines(misprints)
    places = [
        {"line": one.line, "column": one.column, "message": words}
        for one, words in zip(misprints.misprints, lines, strict=True)
    ]
    refusal = {"reason": "policy.misprints", "message": "\n".join(lines), "misprints": places}
    return Outcome(REFUSED, {"file": name, "refused": refusal}, "\n".join(lines))


def check(arguments: argparse.Namespace) -> Outcome:
    """Read the text; 1 with every misprint where there is one."""
    text = _text(arguments.file)
    try:
        rules = read_policy(text)
    except Misprints as misprints:
        return _wrong(misprints, arguments.file)
    facts = {
        "name": rules.name,
        "subject": rules.subject.value,
        "digest": digest_of(text),
        "switches": switches_of(rules),
        "unrecorded": unrecorded_in(rules),
    }
    lines = [gettext("“%(name)s” can be applied.") % {"name": rules.name}]
    lines += caution_words(rules)
    return Outcome(DONE, facts, "\n".join(lines))


def explain(arguments: argparse.Namespace) -> Outcome:
    """Say the policy in sentences."""
    try:
        rules = read_policy(_text(arguments.file))
    except Misprints as misprints:
        return _wrong(misprints, arguments.file)
    sentences = explained(rules)
    return Outcome(DONE, {"name": rules.name, "sentences": sentences}, "\n".join(sentences))


def print_schema(arguments: argparse.Namespace) -> Outcome:  # noqa: ARG001 it takes none
    """The published schema."""
    contents = schema()
    return Outcome(DONE, contents, json.dumps(contents, ensure_ascii=False, indent=1))


def simulate(arguments: argparse.Namespace) -> Outcome:
    """Apply the policy to everybody below the organisation; nothing is written."""
    name = arguments.file
    try:
        rules = read_policy(_text(name))
        name = arguments.against or name
        other = read_policy(_text(name)) if arguments.against else None
    except Misprints as misprints:
        return _wrong(misprints, name)
    day = read_as_of(arguments.as_of, clock.now()).on
    return _outcome(trial_of(operator(), arguments.org, day, rules, other), rules)


def _outcome(trial: Trial, rules: RuleSet) -> Outcome:
    keys = [key for key, _ in trial.missing] + [key for key, _, _ in trial.changes]
    names = called(rules.subject, keys)
    rows = organisations_anywhere().filter(pk__in=trial.places)
    places = dict(rows.values_list("pk", "name"))
    noun = "person" if rules.subject in (SubjectKind.PERSON, SubjectKind.CADRE) else "subject"
    missing = [
        {noun: names[key][1], "name": names[key][0], "reason": reason_words(one, rules)}
        for key, one in trial.missing
    ]
    facts = {
        "organisation": trial.organisation.name,
        "as_of": trial.day.isoformat(),
        "outcomes": dict(trial.outcomes),
        "branches": [{"branch": places[key], **row} for key, row in trial.places.items()],
        "missing": missing,
        "changes": [
            {noun: names[key][1], "name": names[key][0], "from": before, "to": after}
            for key, before, after in trial.changes
        ],
    }
    lines = [f"{trial.organisation.name} {trial.day}：{_counted(trial.outcomes)}"]
    lines += [f"  {places[key]}：{_counted(row)}" for key, row in trial.places.items()]
    lines += [f"{one['name']} {one[noun]}：{one['reason']}" for one in missing]
    lines += [
        f"{names[key][0]} {names[key][1]}：{outcome_words(before)} → {outcome_words(after)}"
        for key, before, after in trial.changes
    ]
    return Outcome(DONE, facts, "\n".join(lines))


def _counted(outcomes: Mapping[str, int]) -> str:
    return "，".join(
        ngettext("%(word)s: %(count)s person", "%(word)s: %(count)s people", count)
        % {"word": outcome_words(key), "count": count}
        for key, count in sorted(outcomes.items())
    )
