"""Accounts, as they are found from the header by who looks after them."""

from django.db.models import QuerySet
from django.urls import reverse

from baodao.accounts.models import Account
from baodao.accounts.queries import accounts
from baodao.accounts.tables import accounts_found, roles_of, with_grants
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.ui.hits import Hit, SearchSource
from baodao.ui.requests import ActorRequest


def _accounts(request: ActorRequest, words: str) -> QuerySet[Account] | None:
    if not request.actor.may_somewhere(Permission.ACCOUNT_READ):
        return None
    return accounts_found(with_grants(accounts(request.actor)), words).order_by(
        "pinyin", "name", "username"
    )


def _account_hit(_request: ActorRequest, row: Account) -> Hit:
    about = " · ".join(filter(None, (row.username, roles_of(row))))
    return Hit(row.name, about, reverse("accounts:account", args=[row.pk]))


ACCOUNTS = SearchSource(gettext_noop("Accounts"), _accounts, _account_hit, "accounts:list")
