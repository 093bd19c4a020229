"""The three first administrators: made once, excluding each other, with passwords to be changed."""

import argparse

import pytest

from baodao.accounts.models import Account, Grant
from baodao.kernel.authz import ADMINISTRATORS
from baodao.kernel.errors import Refused
from baodao.operations.subcommands import administrators
from baodao.orgs.rules.tree import Kind
from tests import factories

ARGUMENTS = argparse.Namespace(organisation=None)


@pytest.mark.django_db
def test_it_makes_three_accounts_of_one_role_each_whose_passwords_must_be_changed() -> None:
    factories.organisation(Kind.CITY, "滨河市")
    outcome = administrators.run(ARGUMENTS)
    assert {grant.role for grant in Grant.objects.all()} == {role.value for role in ADMINISTRATORS}
    assert Account.objects.filter(must_change_password=True).count() == 3
    for one in outcome.facts["administrators"]:  # type: ignore[attr-defined]
        assert Account.objects.get(username=one["username"]).check_password(one["password"])


@pytest.mark.django_db
def test_it_refuses_when_there_are_administrators_or_no_place() -> None:
    with pytest.raises(Refused, match=r"administrators.no-place"):
        administrators.run(ARGUMENTS)
    factories.organisation(Kind.CITY, "滨河市")
    administrators.run(ARGUMENTS)
    with pytest.raises(Refused, match=r"administrators.exist"):
        administrators.run(ARGUMENTS)
    assert Account.objects.count() == 3
