"""A slice leads to pages of the slices below it; where it leads above, a table says why."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.urls import resolve

from baodao.kernel import ids
from baodao.notices.rules.catalogue import KINDS
from tests.architecture.source import ORDER, PACKAGE, modules, nodes, slice_of

ADDRESS = re.compile(r"[a-z]+:[a-z_]+")
IN_TEMPLATES = re.compile(r"\{% url ['\"]([a-z]+:[a-z_]+)['\"]")
PERMISSIONS = PACKAGE / "kernel" / "authz.py"
"""Written as addresses are, and none."""

EVERYWHERE = {
    "home:person": "what is about a person is one page, put together above all their slices",
    "home:member": "the first page of a member, to which every page of theirs leads back",
    "home:mine": "all that is kept about oneself, put together above",
}
"""Pages that are composed of the slices below and to which these lead."""

UPWARDS = {
    "agenda:claims": "a community decides of an offer's claims from the offer's page",
    "agenda:invite": "a community asks members to an offer from the offer's page",
    "agenda:party": "what a unit organises stands with what it takes on, put together above",
    "agenda:party_choice": "a unit that proposes an activity goes on to who of it serves",
    "agenda:team": "what a team has ahead and has done stands with its claims, put together above",
    "agenda:team_party": "a leader goes on from who asks to join to what the team takes on",
    "agenda:poster": "the paper that a community puts up for an offer is had from its page",
    "agenda:write": "a community writes to who comes from the offer's page",
    "agenda:wishes": "the list of wishes is printed from the list of offers",
    "orders:to_branches": "a unit gives what it could take on to a branch, from the page of it",
    "orders:unit_whistles": "what a unit is asked to take on stands beside what it took on",
    "adoptions:adopt": "a policy is adopted from its page",
    "trials:new": "a policy is tried on the records from its page",
    "checklist:issue": "letters are issued to who is missing, from the list of letters",
    "checklist:missing": "an exemption is asked for, and a letter missed, from the check list",
    "checklist:remind_chosen": "the ticked of the roster and of the letters are reminded to report",
    "claims:offer_paper": "the list of who comes is printed from the offer's page",
    "claims:paper": "the list of who comes to all offers is printed from their list",
    "commitments:list": "a unit goes on from what its members claimed to what they committed to",
    "home:own_copy_json": "a member's copy of all that is kept stands with their papers",
    "home:own_copy_xlsx": "a member's copy of all that is kept stands with their papers",
    "notices:complaint": "who still has to change a password may complain",
    "notices:complaint_answer": "who still has to change a password may read the answer",
    "notices:off": "who still has to change a password may turn messages off",
    "registration:letters_of_members": "letters of the ticked are printed from the roster",
    "offers:offer": "a need leads to the service that answers it",
    "orders:dispatch": "what was ordered is dispatched from the board of needs",
    "orders:list": "who has which order is read from the board of needs",
    "pairings:end": "a pairing ends with the reason that its household has",
    "pairings:new": "a pairing is written down with who is helped, which is sealed above",
    "pairings:of_file": "somebody is found to stand by a household from its file",
    "visits:entrust_filed": "a contact cadre is named from the file of a household",
    "helpgroups:due": "to whom a visit is due is read from the files of households",
    "helpgroups:list": "help groups stand by households with a file, from whose list they open",
    "helpgroups:take_on": "a household is given to a help group from its file",
    "helpgroups:plan": "who does a measure may be a help group, and is chosen from the file",
    "helpgroups:take_measure": "what is proposed for a household is planned from its file",
    "home:unit": "what a unit does for households stands on its first page",
    "visits:household_need": "a need of a household is written down from its file",
    "pairings:visit": "a member visits the household by which they stand from what they took on",
    "problems:of_card": "what a unit says on a card becomes a problem with one tap",
    "problems:of_opinion": "what is said when opinions are asked becomes a problem with one tap",
    "problems:of_visit": "what is seen on a visit becomes a problem with one tap",
    "problems:problem": "a problem that came of a visit is opened from the visit",
    "problems:of_need": "a need that help does not solve becomes a problem with one tap",
    "reporttables:tables": "tables that are handed up stand beside those that are looked at",
    "rosters:all": "people come in by rosters, to which an empty list leads",
    "visits:visit": "a need that came of a visit leads back to it",
    "venues:near": "residents find places of service from their page",
    "alliance:services": "residents book appointments from their page",
    "talents:for_need": "who of the residents could help is looked for from the page of a need",
    "talents:offer": "residents enter themselves as talents from their page",
    "statements:own": "a member reads of a new record where all their services stand",
    "vocabulary:words": "what a column is called is said of a file, and taught for all of them",
    "householdsheets:all": "households come in by tables, to which the list of files leads",
    "timesheets:all": "services come in by tables, to which the list of records leads",
}
"""Steps that go on in a slice above, each with what leads there."""


def _is_above(here: str, name: str) -> bool:
    slice_name = name.partition(":")[0]
    return slice_name in ORDER and here in ORDER and ORDER.index(slice_name) > ORDER.index(here)


def _in_python() -> Iterator[tuple[Path, str]]:
    for file, tree in modules():
        for node in () if file == PERMISSIONS else nodes(tree):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and ADDRESS.fullmatch(value):
                yield file, value


def _in_templates() -> Iterator[tuple[Path, str]]:
    for file in sorted(PACKAGE.glob("*/templates/**/*.html")):
        for name in IN_TEMPLATES.findall(file.read_text()):
            yield file, name


def _in_notices() -> Iterator[tuple[Path, str]]:
    """The pages to which notices lead by their paths."""
    for file in sorted(PACKAGE.glob("*/rules/notices.py")):
        text = file.read_text()
        for kind in KINDS.values():
            if kind.url and f'"{kind.name}"' in text:
                path = (kind.url % {"about": ids.new_id()}).partition("?")[0]
                yield file, resolve(path).view_name


@cache
def _upwards() -> set[tuple[str, str]]:
    """Where an address of a slice above stands, and which it is."""
    return {
        (str(file.relative_to(PACKAGE)), name)
        for file, name in (*_in_python(), *_in_templates(), *_in_notices())
        if _is_above(slice_of(file), name)
    }


def test_addresses_of_slices_above_are_those_that_are_meant() -> None:
    strange = {place for place in _upwards() if place[1] not in {*EVERYWHERE, *UPWARDS}}
    assert strange == set()


def test_an_address_that_leads_above_no_more_is_not_listed() -> None:
    assert {*EVERYWHERE, *UPWARDS} - {name for _, name in _upwards()} == set()
