"""`baodao administrators`: the three first accounts of a new installation, who make all others."""

import argparse

from django.db import transaction
from django.utils.translation import gettext as _

from baodao.accounts.commands.accounts import OneTime, create_account
from baodao.accounts.commands.grants import grant
from baodao.accounts.queries import grants_in_force, operator
from baodao.kernel.authz import ADMINISTRATORS, Role
from baodao.kernel.errors import Refused, gettext_noop
from baodao.operations.city import city
from baodao.operations.frame import Outcome, Subparsers
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import by_code

FIRST = {
    Role.SYSTEM_ADMINISTRATOR: ("system", "系统管理员"),
    Role.SECURITY_ADMINISTRATOR: ("security", "安全管理员"),
    Role.AUDIT_ADMINISTRATOR: ("audit", "审计管理员"),
}


def add(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("administrators", help="make the three first administrators")
    parser.add_argument("--organisation", metavar="CODE", help="default: the city")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Outcome:
    """Each with a one-time password, shown here and nowhere else."""
    place = by_code(arguments.organisation) if arguments.organisation else city()
    with transaction.atomic():
        if grants_in_force().filter(role__in=ADMINISTRATORS).exists():
            raise Refused(
                "administrators.exist",
                gettext_noop("There are administrators. The security administrator makes others."),
            )
        accounts = [_make(role, place) for role in FIRST]
    facts = [{"username": one.account.username, "password": one.password} for one in accounts]
    lines = [_("One-time passwords, to be changed when signing in first:")]
    lines += [
        f"  {one.account.username:<10} {one.password}  {one.account.name}" for one in accounts
    ]
    return Outcome(facts={"administrators": facts}, text="\n".join(lines))


def _make(role: Role, place: Organisation) -> OneTime:
    username, name = FIRST[role]
    actor = operator()
    one = create_account(actor, username=username, name=name, organisation_id=place.pk)
    grant(
        actor,
        account_id=one.account.pk,
        role=role,
        organisation_id=place.pk,
        basis=_("First administrators of the installation"),
        until_on=None,
    )
    return one
