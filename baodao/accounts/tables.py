"""The lists of accounts, of members' accounts and of the journal."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.accounts.models import Account, Grant
from baodao.accounts.queries import grants_in_force
from baodao.accounts.rules import ROLE_NAMES
from baodao.documents.files import list_file
from baodao.kernel.authz import Role
from baodao.people.models import Membership
from baodao.people.queries.search import search
from baodao.ui.listing import Column, Filter, Spec


def with_grants(rows: QuerySet[Account]) -> QuerySet[Account]:
    """Accounts with the grants in force as `held`, in one more query for the whole page."""
    grants = grants_in_force().select_related("organisation")
    return rows.prefetch_related(Prefetch("grants", queryset=grants, to_attr="held"))


def roles_of(account: Account) -> str:
    """What an account of `with_grants` holds, in words."""
    grants: list[Grant] = getattr(account, "held", [])
    return "、".join(f"{g.organisation.name} {gettext(ROLE_NAMES[Role(g.role)])}" for g in grants)


def _state(account: Account) -> str:
    if not account.is_active:
        return gettext("stopped")
    if account.must_change_password:
        return gettext("one-time password not used")
    return gettext("in use")


def _with_state(rows: QuerySet[Account], state: str) -> QuerySet[Account]:
    if state == "stopped":
        return rows.filter(is_active=False)
    return rows.filter(is_active=True, must_change_password=state == "new")


def _with_role(rows: QuerySet[Account], role: str) -> QuerySet[Account]:
    return rows.filter(Exists(grants_in_force().filter(account=OuterRef("pk"), role=role)))


def accounts_found(rows: QuerySet[Account], text: str) -> QuerySet[Account]:
    """By a part of the name or of the name to sign in with, by pinyin from the first syllable on,
    or by initials."""
    condition = Q(name__icontains=text) | Q(username__icontains=text)
    letters = text.replace(" ", "").lower()
    if letters.isascii() and letters.isalpha():
        condition |= Q(initials__startswith=letters) | Q(pinyin__regex="^" + " ?".join(letters))
    return rows.filter(condition)


def accounts_spec() -> Spec:
    """Everybody who can sign in, as far as the administrator may see."""
    return Spec(
        title=_("Accounts"),
        columns=(
            Column(
                _("Name"),
                lambda row: row.name,
                key="name",
                sorts=("pinyin", "name"),
                url=lambda row: reverse("accounts:account", args=[row.pk]),
            ),
            Column(_("Name to sign in with"), lambda row: row.username, "username", ("username",)),
            Column(_("Roles"), roles_of),
            Column(_("State"), _state),
        ),
        order=("pinyin", "name"),
        search=accounts_found,
        search_hint=_("Name, pinyin initials"),
        filters=(
            Filter(
                "role",
                _("Role"),
                [(role.value, _(name)) for role, name in ROLE_NAMES.items()],
                _with_role,
            ),
            Filter(
                "state",
                _("State"),
                [
                    ("used", _("in use")),
                    ("new", _("one-time password not used")),
                    ("stopped", _("stopped")),
                ],
                _with_state,
            ),
        ),
        empty=_("There are no accounts yet."),
        export=list_file,
    )


def _members_with(rows: QuerySet[Membership], state: str) -> QuerySet[Membership]:
    accounts = Account.objects.filter(person=OuterRef("person"))
    if state == "none":
        return rows.filter(~Exists(accounts))
    return rows.filter(Exists(accounts.filter(must_change_password=state == "new")))


def _member_state(row: Membership) -> str:
    account: Account | None = getattr(row.person, "known_account", None)
    return _state(account) if account else gettext("no account")


def members_spec(form_id: str) -> Spec:
    """A unit's members, to choose who gets an account."""
    return Spec(
        title=_("Members' accounts"),
        columns=(
            Column(_("Name"), lambda row: row.person.name, "name", ("person__pinyin",)),
            Column(_("Volunteer number"), lambda row: row.person.number),
            Column(_("Branch"), lambda row: row.branch.name, "branch", ("branch__path",)),
            Column(_("Account"), _member_state),
        ),
        order=("branch__path", "person__pinyin"),
        search=lambda rows, text: search(rows, text, "person__"),
        by_number=True,
        search_hint=_("Name, pinyin initials"),
        filters=(
            Filter(
                "state",
                _("Account"),
                [
                    ("none", _("no account")),
                    ("new", _("one-time password not used")),
                    ("used", _("in use")),
                ],
                _members_with,
            ),
        ),
        empty=_("Your unit has no members here yet."),
        empty_hint=_("Import its roster first."),
        chooses=form_id,
    )
