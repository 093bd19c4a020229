"""`baodao keys rotate`: a new encryption key, everything sealed anew, old keys forgotten."""

import argparse
import sys

from django.utils.translation import gettext as _

from baodao.accounts.commands.seals import reseal_second_steps
from baodao.kernel import crypto
from baodao.needs.commands.contacts import reseal_askers
from baodao.notices.commands.channels import reseal_channels
from baodao.operations.city import note
from baodao.operations.frame import Outcome, Subparsers
from baodao.people.commands.keys import forget_old_keys, new_key, reseal


def add(subparsers: Subparsers) -> None:
    group = subparsers.add_parser("keys", help="rotate the keys of encrypted columns")
    leaves = group.add_subparsers(metavar="ACTION", required=True)
    leaf = leaves.add_parser(
        "rotate", help="seal everything with a new key; cut off, run it again and it goes on"
    )
    leaf.set_defaults(run=rotate)


def rotate(_arguments: argparse.Namespace) -> Outcome:
    """The servers may go on running: they read the key file anew when it changes."""
    new_key()
    persons = reseal(lambda done: print(f"… {done}", file=sys.stderr))
    second_steps = reseal_second_steps()
    reseal_channels()
    reseal_askers()
    forget_old_keys()
    key = crypto.ring().current
    note("keys.rotated", key=key, persons=persons)
    facts = {"key": key, "persons": persons, "second_steps": second_steps}
    text = _("Key %(key)s seals %(persons)s persons and %(steps)s second steps.")
    return Outcome(facts=facts, text=text % {"key": key, "persons": persons, "steps": second_steps})
