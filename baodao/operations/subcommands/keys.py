"""`baodao keys rotate`: a new encryption key, everything sealed anew, old keys forgotten."""

import argparse
import sys

from django.utils.translation import gettext as _

from baodao.accounts.commands.seals import SecondSteps
from baodao.kernel import crypto, keys
from baodao.operations.city import note
from baodao.operations.frame import Outcome, Subparsers
from baodao.people.models import Person


def add(subparsers: Subparsers) -> None:
    group = subparsers.add_parser("keys", help="rotate the keys of encrypted columns")
    leaves = group.add_subparsers(metavar="ACTION", required=True)
    leaf = leaves.add_parser(
        "rotate", help="seal everything with a new key; cut off, run it again and it goes on"
    )
    leaf.set_defaults(run=rotate)


def rotate(_arguments: argparse.Namespace) -> Outcome:
    """The servers may go on running: they read the key file anew when it changes."""
    keys.new_key()
    rows = keys.reseal(lambda done: print(f"… {done}", file=sys.stderr))
    keys.forget_old_keys()
    key = crypto.ring().current
    persons, second_steps = rows[Person._meta.label_lower], rows[SecondSteps.name]
    note("keys.rotated", key=key, persons=persons)
    facts = {"key": key, "persons": persons, "second_steps": second_steps}
    text = _("Key %(key)s seals %(persons)s persons and %(steps)s second steps.")
    return Outcome(facts=facts, text=text % {"key": key, "persons": persons, "steps": second_steps})
