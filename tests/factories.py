"""One maker per noun: required fields only, everything else by default or by keyword."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from baodao.accounts.commands.tokens import NewToken, TokenRequest, create_token
from baodao.accounts.models import Account, Grant
from baodao.accounts.rules import SCOPES
from baodao.kernel import clock
from baodao.kernel.authz import ADMINISTRATORS, Actor, Permission, Role
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind, path_of
from baodao.people.models import Membership, Person

_numbers: Iterator[int] = count(1)
_identities: Iterator[int] = count(1)
_given: set[str] = set()
"""Numbers of which one with another area would be the next."""

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of every administrator's second step."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def organisation(
    kind: Kind, name: str, parent: Organisation | None = None, **fields: Any
) -> Organisation:
    code = fields.pop("code", None) or f"T{next(_numbers):05d}"
    path = path_of(parent.path if parent else "", code)
    return Organisation.objects.create(
        kind=kind, name=name, parent=parent, code=code, path=path, **fields
    )


def id_number(born_on: date = date(1980, 5, 1), sex: str = "m", area: int = 990101) -> str:
    """A valid number (GB 11643) of an area that does not exist; never the same twice."""
    while True:
        areas, order = divmod(next(_identities), 500)
        body = f"{area + areas}{born_on:%Y%m%d}{2 * order + (sex == 'm'):03d}"
        if body not in _given:
            _given.add(body)
            total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
            return body + "10X98765432"[total % 11]


def person(name: str, **fields: Any) -> Person:
    """A person with a sealed identity number and telephone, findable by both."""
    number = fields.pop("id_number", None) or id_number()
    phone = fields.pop("phone", None) or f"199{next(_numbers):08d}"
    return Person.objects.create(
        number=f"V{next(_numbers):08d}",
        name=name,
        name_bigrams=[name[i : i + 2] for i in range(len(name) - 1)],
        sex=fields.pop("sex", "m"),
        born_on=fields.pop("born_on", date(1980, 5, 1)),
        **Person.id_number.columns(number),
        **Person.phone.columns(phone),
        **fields,
    )


def member(name: str, branch: Organisation, **fields: Any) -> Person:
    """A person with a current membership, in service unless said otherwise."""
    standing = fields.pop("standing", "in-service")
    lives_in_city = fields.pop("lives_in_city", True)
    made = person(name, **fields)
    Membership.objects.create(
        person=made,
        branch=branch,
        standing=standing,
        grade="full",
        lives_in_city=lives_in_city,
        from_on=date(2020, 1, 1),
    )
    return made


def token(
    actor: Actor,
    at: Organisation,
    *scopes: Permission,
    ends_on: date | None = None,
) -> NewToken:
    """A token of the actor's own account, for all it could be given there unless said otherwise."""
    wanted = scopes or [scope for scope in SCOPES if actor.may(scope, at.path)]
    return create_token(
        actor,
        request=TokenRequest(
            name="交换程序",
            purpose="与单位的系统交换报到",
            scopes=wanted,
            organisation_id=at.pk,
            ends_on=ends_on or clock.today() + timedelta(days=90),
        ),
    )


@cache
def _hashed(password: str) -> str:
    return make_password(password)


def account(
    name: str, role: Role | None = None, at: Organisation | None = None, **fields: Any
) -> Account:
    """An account that can sign in with its username and the password "correct horse"; an
    administrator's has its second step."""
    made = Account(username=fields.pop("username", f"user{next(_numbers)}"), name=name, **fields)
    made.password = _hashed("correct horse")
    made.save()
    if role is not None and at is not None:
        Grant.objects.create(account=made, role=role, organisation=at)
    if role in ADMINISTRATORS:
        TOTP.activate(made, TOTP_SECRET)
    return made
