"""`baodao registration`: letters, receptions and the check list of whole units and communities."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext, ngettext

from baodao.accounts.queries import operator
from baodao.checklist.queries.missing_members import Missing, check_list
from baodao.checklist.queries.standings import BranchStanding, UnitStanding, unit_standing
from baodao.checklist.rules.reasons import Why
from baodao.documents.boxes import remark_lines
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.operations.frame import DONE, REFUSED, WRONG_USE, Outcome, Subparsers
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import by_code, organisation_of
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import memberships_of
from baodao.registration import documents
from baodao.registration.commands import arrivals, letters
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registrations
from baodao.registration.rules.states import State
from baodao.ui.wording import worded


def add(subparsers: Subparsers) -> None:
    group = subparsers.add_parser("registration", help="registration in batches")
    leaves = group.add_subparsers(metavar="ACTION", required=True)
    letters = leaves.add_parser("letters", help="letters of introduction")
    acts = letters.add_subparsers(metavar="ACTION", required=True)
    leaf = acts.add_parser("issue", help="issue letters, and print them")
    leaf.add_argument("--unit", required=True, metavar="CODE", help="the code of the unit")
    members = leaf.add_mutually_exclusive_group(required=True)
    members.add_argument("--all", action="store_true", help="everybody in service without a letter")
    members.add_argument("--person", action="append", metavar="NUMBER", help="a volunteer number")
    leaf.add_argument("--community", metavar="CODE", help="instead of what the unit's setting says")
    leaf.add_argument("--pdf", type=Path, metavar="OUT", help="write the new letters as one PDF")
    leaf.set_defaults(run=issue)
    leaf = leaves.add_parser("accept", help="receive everybody who waits for a community")
    leaf.add_argument("--community", required=True, metavar="CODE", help="the community's code")
    leaf.add_argument("--all", action="store_true", required=True, help="everybody who waits")
    leaf.set_defaults(run=accept)
    leaf = leaves.add_parser("check", help="who in service has not reported, and why")
    leaf.add_argument("--unit", required=True, metavar="CODE", help="the code of the unit")
    leaf.set_defaults(run=check)


def issue(arguments: argparse.Namespace) -> Outcome:
    """Issue letters to all who have none or to chosen members; refused when nobody gets one."""
    if arguments.pdf and not arguments.pdf.absolute().parent.is_dir():
        return Outcome(WRONG_USE, {}, gettext("There is no such folder."))
    actor = operator()
    unit = organisation_of(actor, Permission.LETTER_ISSUE, arguments.unit)
    community = by_code(arguments.community).pk if arguments.community else None
    batch = letters.issue_letters(
        actor, person_ids=_persons(actor, unit, arguments), community_id=community
    )
    remarks: list[str] = []
    if arguments.pdf and batch.done:
        written = documents.letters([row.letter for row in batch.done], "pdf", full=True)
        letters.note_print(
            actor, registration_ids=[row.pk for row in batch.done], form="introduction-letter"
        )
        arguments.pdf.write_bytes(written.content)
        remarks = remark_lines(written.remarks)
    sentence = ngettext("%(count)s letter issued.", "%(count)s letters issued.", len(batch.done))
    outcome = _outcome(batch, "letters", sentence)
    return replace(outcome, text="\n".join([outcome.text, *remarks]))


def _persons(actor: Actor, unit: Organisation, arguments: argparse.Namespace) -> list[UUID]:
    """Ids of the members chosen; raises `Absent` for a number that is none of the unit's."""
    if arguments.all:
        missing = check_list(actor, unit)
        return [one.person.pk for one in missing if one.reason is Why.NO_LETTER]
    rows = memberships_of(unit).filter(person__number__in=arguments.person)
    by_number = dict(rows.values_list("person__number", "person"))
    for number in arguments.person:
        if number not in by_number:
            raise Absent(number)
    return list(by_number.values())


def accept(arguments: argparse.Namespace) -> Outcome:
    """Receive everybody who waits for the community."""
    actor = operator()
    community = organisation_of(actor, Permission.REGISTRATION_ACCEPT, arguments.community)
    waiting = registrations(actor, Permission.REGISTRATION_ACCEPT).filter(
        community=community, state=State.SUBMITTED
    )
    batch = arrivals.accept(actor, registration_ids=list(waiting.values_list("pk", flat=True)))
    sentence = ngettext(
        "%(count)s member received.", "%(count)s members received.", len(batch.done)
    )
    return _outcome(batch, "received", sentence)


def _outcome(batch: Batch[Registration], name: str, sentence: str) -> Outcome:
    left_out = [
        {"name": label, "reason": no.code, "message": worded(no)} for label, no in batch.refused
    ]
    facts = {"count": len(batch.done), name: [_described(row) for row in batch.done]}
    lines = [sentence % {"count": len(batch.done)}]
    lines += [f"{one['name']}：{one['message']}" for one in left_out]
    code = REFUSED if batch.refused and not batch.done else DONE
    return Outcome(code, {**facts, "left_out": left_out}, "\n".join(lines))


def _described(row: Registration) -> dict[str, object]:
    return {
        "person": row.person.number,
        "letter": row.letter.number_text,
        "community": row.community.name,
        "state": str(row.state),
        "receipt_number": row.receipt_number,
    }


def check(arguments: argparse.Namespace) -> Outcome:
    """The unit's figures by branch, both denominators, and everybody missing with the reason."""
    actor = operator()
    unit = organisation_of(actor, Permission.REGISTRATION_READ, arguments.unit)
    if unit.kind != Kind.UNIT:
        raise Refused("unit.not-a-unit", gettext_noop("%(name)s is not a unit."), name=unit.name)
    standing = unit_standing(actor, unit).answer()
    missing = check_list(actor, unit)
    facts = {
        "unit": unit.name,
        **_figures(standing.totals),
        "branches": [
            {"branch": row.branch.name if row.branch else "", **_figures(row)}
            for row in standing.rows
        ],
        "missing": [_row(one) for one in missing],
    }
    return Outcome(facts=facts, text=_text(standing, missing))


def _figures(row: BranchStanding) -> dict[str, int]:
    names = (
        *("members", "in_service", "living_in_city", "registered"),
        *("waiting", "delayed", "exempt"),
    )
    return {name: getattr(row, name) for name in names} | {"missing_count": row.missing}


def _row(one: Missing) -> dict[str, object]:
    return {
        "name": one.person.name,
        "person": one.person.number,
        "branch": one.branch.name,
        "standing": one.standing,
        "lives_in_city": one.lives_in_city,
        "reason": one.reason.value,
        "since": one.since,
        "until": one.until,
    }


def _text(standing: UnitStanding, missing: Sequence[Missing]) -> str:
    sentence = gettext("%(unit)s: %(registered)s of %(in_service)s in service have registered.")
    figures = {"unit": standing.unit.name, **_figures(standing.totals)}
    lines = [
        f"{one.branch.name}  {one.person.name}  {gettext(one.reason.words)}" for one in missing
    ]
    return "\n".join([sentence % figures, *lines])
