"""What stands around every page: the menu of the role, who acts for whom, unread notices, and the
policies that hold for the reader."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from baodao.accounts.models import Account
from baodao.accounts.rules import ROLE_NAMES
from baodao.home.rules.menus import (
    BELOW,
    FIRST_PAGES,
    MEMBER,
    MENUS,
    PEOPLE_LISTS,
    PERSON_PAGES,
    families_of,
)
from baodao.kernel.authz import NOBODY, Role
from baodao.notices.queries.notices import unread_of
from baodao.orgs.queries.policies import site_path, values_at
from baodao.people.queries.members import own_membership
from baodao.ui.addresses import page_url
from baodao.ui.requests import ActorRequest
from baodao.ui.sessions import MYSELF, WAY, SignInWay


def first_page_of(request: ActorRequest) -> str:
    """The name of the first page: of the role acted for, else a member's, else one's account."""
    if request.acting_role is not None:
        return FIRST_PAGES[request.acting_role]
    return "home:member" if request.actor.person_id else "accounts:mine"


@dataclass(frozen=True)
class MenuEntry:
    """A place in the menu."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class ActingChoice:
    """One of the things an account may act for."""

    value: str
    label: str
    current: bool


def _link(name: str) -> property:
    """An address that is the same on every page."""
    return property(lambda _navigation: page_url(name))


class Navigation:
    """Worked out when the page asks for it: error pages and redirects cost no query."""

    preferences_url = _link("accounts:preferences")
    help_url = _link("ui:help")
    complaint_url = _link("notices:complaint")
    act_for_url = _link("accounts:act_for")
    account_url = _link("accounts:mine")
    sign_out_url = _link("account_logout")

    def __init__(self, request: ActorRequest) -> None:
        self._request = request
        self._actor = getattr(request, "actor", NOBODY)
        self._role: Role | None = getattr(request, "acting_role", None)

    @property
    def frame(self) -> str:
        """Of pages that anybody may come to: a member's is the one for a telephone."""
        member = self._role is None and self._actor.person_id
        return "ui/phone.html" if member else "ui/base.html"

    @property
    def home_url(self) -> str:
        return page_url("home:first")

    @property
    def sign_in_url(self) -> str:
        return "" if self._actor.account_id else page_url("account_login")

    @cached_property
    def menu(self) -> list[MenuEntry]:
        return [
            MenuEntry(label, pages[0].url, any(page.current for page in pages))
            for label, pages in self._pages
        ]

    @property
    def family(self) -> list[MenuEntry]:
        """The pages that stand with this one behind an entry of the menu; nothing where it stands
        alone."""
        for _label, pages in self._pages:
            if len(pages) > 1 and any(page.current for page in pages):
                return pages
        return []

    @cached_property
    def _pages(self) -> list[tuple[str, list[MenuEntry]]]:
        """Every entry of the menu with the pages behind it."""
        if self._role is not None:
            entries = MENUS.get(self._role, ())
        else:
            entries = MEMBER if self._actor.person_id else ()
        families = [
            (gettext(one.label), [(gettext(label), page_url(name)) for label, name in one.items])
            for one in families_of(entries)
        ]
        path = self._request.path
        urls = [url for _label, items in families for _words, url in items]
        unit = page_url("home:unit")
        lit = [url for url in urls if path == url or (path.startswith(url) and url != unit)]
        here = max(lit, key=len, default=self._above)
        if self._of_a_person and self._role in PEOPLE_LISTS:
            here = page_url(PEOPLE_LISTS[self._role])
        return [
            (label, [MenuEntry(words, url, url == here) for words, url in items])
            for label, items in families
        ]

    @property
    def bottom_menu(self) -> list[MenuEntry]:
        """At the foot of a telephone's page: a member's menu; of a role only its first page, as
        the whole menu has no room there."""
        return self.menu if self._role is None else self.menu[:1]

    @property
    def _above(self) -> str:
        """The entry below which a page of another address stands, "" for none."""
        match = self._request.resolver_match
        name = BELOW.get(match.namespace, "") if match is not None else ""
        if name == "people:list" and self._role in PEOPLE_LISTS:
            name = PEOPLE_LISTS[self._role]
        return page_url(name) if name else ""

    @property
    def _of_a_person(self) -> bool:
        match = self._request.resolver_match
        return match is not None and match.view_name in PERSON_PAGES

    @property
    def acting_name(self) -> str:
        place = getattr(self._request, "acting", None)
        return place.name if place else ""

    @property
    def role_name(self) -> str:
        if self._role is None:
            return gettext("member") if self._actor.person_id else ""
        return gettext(ROLE_NAMES[self._role])

    @cached_property
    def choices(self) -> list[ActingChoice]:
        """What else this account may act for; nothing when there is one thing alone."""
        account = self._request.user
        if not isinstance(account, Account) or self._request.session.get(WAY) == SignInWay.LETTER:
            return []
        here = (self._role, getattr(self._request.acting, "pk", None))
        choices = [
            ActingChoice(
                str(grant.pk),
                f"{grant.organisation.name} · {gettext(ROLE_NAMES[Role(grant.role)])}",
                (Role(grant.role), grant.organisation_id) == here,
            )
            for grant in self._request.grants
        ]
        if account.person_id:
            choices.append(ActingChoice(MYSELF, gettext("Myself, as a member"), self._role is None))
        return choices if len(choices) > 1 else []

    @property
    def search_url(self) -> str:
        if self._role is None and not self._actor.person_id:
            return ""
        return page_url("home:search")

    @property
    def notices_url(self) -> str:
        return page_url("notices:list") if self._actor.account_id else ""

    @cached_property
    def unread(self) -> int:
        if not self._actor.account_id:
            return 0
        return unread_of(self._actor, self._request.acting)


def around(request: ActorRequest) -> dict[str, object]:
    """The context processor: `navigation`, and `policy`, what holds for whom the page is.

    A view that knows the organisation concerned puts its own `policy` in the place of this one.
    """
    policy = SimpleLazyObject(lambda: values_at(_path_around(request)))
    return {"navigation": Navigation(request), "policy": policy}


def _path_around(request: ActorRequest) -> str:
    """Of the organisation acted for, of a member's branch, else of the site."""
    if getattr(request, "acting", None):
        return str(request.acting.path)
    membership = own_membership(getattr(request, "actor", NOBODY))
    return membership.branch.path if membership else site_path()
