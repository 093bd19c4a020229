"""What stands around every page: the menu of the role, who acts for whom, unread notices, and the
policies that hold for the reader."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.accounts.models import Account
from baodao.accounts.rules import ROLE_NAMES
from baodao.kernel.authz import ADMINISTRATORS, NOBODY, Role
from baodao.notices.queries.notices import unread_of
from baodao.orgs.queries.policies import site_path, values_at
from baodao.people.queries.members import own_membership
from baodao.ui.addresses import page_url
from baodao.ui.requests import ActorRequest
from baodao.ui.sessions import MYSELF, WAY, SignInWay

Item = tuple[Promise, str]


@dataclass(frozen=True)
class Family:
    """Pages behind one entry of the menu, which leads to the first of them; above the headline of
    each stand the others."""

    label: Promise
    items: tuple[Item, ...]


_MEMBER: tuple[Item | Family, ...] = (
    (_("Home"), "home:member"),
    (_("Find a service"), "agenda:find"),
    (_("Mine"), "home:mine"),
)
_LISTS: tuple[Item, ...] = (
    (_("Resources"), "resources:list"),
    (_("Needs for units"), "resources:needs"),
    (_("Projects"), "resources:projects"),
)
_PLACES_TOGETHER = Family(
    _("Working together"),
    (
        *_LISTS,
        (_("Claims of lists"), "resources:claims"),
        (_("Agreements"), "agreements:list"),
        (_("Opinions"), "opinions:list"),
        (_("Committees"), "committees:list"),
        (_("Contact points"), "visits:contacts"),
        (_("Work of contact cadres"), "adoptions:cadres"),
    ),
)
_HONOURS: tuple[Item, ...] = (
    (_("Honours and appraisal"), "honours:list"),
    (_("Lists in publicity"), "honours:public_lists"),
)
_COMPLAINTS: Item = (_("Complaints and suggestions"), "notices:complaints")
_PLACES_FEEDBACK = Family(
    _("Feedback"), ((_("Feedback"), "appraisal:cards"), *_HONOURS, _COMPLAINTS)
)
_TABLES = Family(_("Tables"), ((_("Tables"), "insight:tables"), (_("Forms"), "home:papers")))
_SETTINGS = Family(
    _("Settings"),
    ((_("Settings"), "orgs:own_settings"), (_("Adopted policies"), "adoptions:list")),
)
_PROBLEMS: Item = (_("List of problems"), "problems:list")
_PLACES_REPORTS = Family(
    _("Reports"),
    (
        (_("Reports received"), "reports:received"),
        (_("Requests for reports"), "inquiries:requests"),
    ),
)
_VENUES = Family(
    _("Places of service"),
    ((_("Places of service"), "venues:list"), (_("Bookings of rooms"), "venues:bookings")),
)
_GATHERINGS: Item = (_("Organisational life"), "gatherings:list")
_EFFECTS: Item = (_("Effects of activities"), "attendance:unit_effects")
_ROSTER: tuple[Item, ...] = ((_("Roster"), "people:list"), _GATHERINGS)
_COMMUNITY: tuple[Item | Family, ...] = (
    (_("Today"), "home:today"),
    (_("Receive"), "registration:desk"),
    Family(
        _("Members reported here"),
        (
            (_("Members reported here"), "registration:members"),
            (_("Grids"), "teams:places"),
            (_("Service teams"), "teams:list"),
            _GATHERINGS,
        ),
    ),
    Family(
        _("Needs"),
        (
            (_("Needs"), "needs:board"),
            _PROBLEMS,
            (_("Files of households"), "residents:list"),
            (_("Help groups"), "helpgroups:list"),
            (_("Talents of residents"), "talents:list"),
            (_("Convenience alliance"), "alliance:list"),
            (_("Appointments"), "alliance:appointments"),
            (_("Time bank"), "timebank:board"),
        ),
    ),
    Family(
        _("Posts and activities"),
        (
            (_("Posts and activities"), "offers:list"),
            (_("Emergency call-ups"), "callups:list"),
        ),
    ),
    (_("Service records"), "statements:records"),
    _PLACES_FEEDBACK,
    _PLACES_TOGETHER,
    _PLACES_REPORTS,
    _TABLES,
    _VENUES,
    _SETTINGS,
)
_UNIT_CLAIMS: tuple[Item, ...] = (
    (_("What members claimed"), "claims:of_unit"),
    (_("Emergency call-ups"), "callups:of_unit"),
)
_BRANCH: tuple[Item | Family, ...] = (
    (_("Home"), "home:unit"),
    Family(_("Roster"), _ROSTER),
    (_("Who is missing"), "checklist:missing"),
    (_("Service records"), "statements:unit_records"),
    Family(
        _("Services for our branch"),
        (
            (_("Services for our branch"), "agenda:party"),
            (_("Orders for our branch"), "orders:unit_whistles"),
            *_UNIT_CLAIMS,
            _EFFECTS,
        ),
    ),
    (_("Commitments"), "commitments:list"),
    Family(
        _("Honours and appraisal"),
        (
            (_("Appraisal of our branch"), "honours:branch_rounds"),
            (_("Lists in publicity"), "honours:public_lists"),
        ),
    ),
    Family(_("Lists with the community"), _LISTS),
    (_("Tables"), "insight:tables"),
    _SETTINGS,
)
_UNIT: tuple[Item | Family, ...] = (
    (_("Home"), "home:unit"),
    Family(_("Roster"), (*_ROSTER, (_("Members' accounts"), "accounts:members"))),
    (_("Letters"), "registration:letters"),
    Family(
        _("Who is missing"),
        ((_("Who is missing"), "checklist:missing"), (_("Exemptions"), "exemptions:all")),
    ),
    (_("Service records"), "statements:unit_records"),
    Family(
        _("Services for our unit"),
        (
            (_("Services for our unit"), "agenda:party"),
            (_("Whistles"), "orders:unit_whistles"),
            *_UNIT_CLAIMS,
            _EFFECTS,
        ),
    ),
    Family(
        _("Needs"),
        ((_("Needs"), "needs:unit_needs"), (_("Problems and tasks"), "problems:ours")),
    ),
    Family(
        _("Working together"),
        (
            (_("Partner community"), "partnership:standing"),
            (_("Rooms near me"), "venues:unit_rooms"),
            *_LISTS,
            (_("Claims of lists"), "resources:claims"),
            (_("Agreements"), "agreements:list"),
            (_("Opinions"), "opinions:list"),
            (_("Meetings of committees"), "committees:ours"),
            (_("Contact cadres"), "visits:of_unit"),
            (_("Work of contact cadres"), "adoptions:cadres"),
            (_("Invitations to serve"), "allocation:invitations"),
        ),
    ),
    Family(_("Feedback"), ((_("Feedback"), "appraisal:received"), *_HONOURS)),
    Family(
        _("Reports"),
        ((_("Own reports"), "reports:list"), (_("Requests for reports"), "inquiries:requests")),
    ),
    _TABLES,
    _SETTINGS,
)
_SUPERVISOR: tuple[Item | Family, ...] = (
    (_("Overview"), "insight:overview"),
    (_("Tables"), "insight:tables"),
    Family(
        _("Needs"),
        (
            (_("Needs"), "needs:board"),
            _PROBLEMS,
            (_("Files of households"), "residents:counts"),
            (_("Help groups"), "helpgroups:counts"),
            (_("Time bank"), "timebank:counts"),
            *_VENUES.items,
        ),
    ),
    Family(
        _("People"),
        (
            (_("People"), "people:list"),
            (_("Flags"), "flags:list"),
        ),
    ),
    (_("Balanced allocation"), "allocation:list"),
    (_("Emergency call-ups"), "callups:list"),
    _PLACES_TOGETHER,
    _PLACES_REPORTS,
    Family(
        _("Policies"),
        (
            (_("Policies"), "policies:library"),
            (_("Adopted policies"), "adoptions:list"),
            *_HONOURS,
        ),
    ),
    _COMPLAINTS,
    Family(
        _("Settings"),
        (
            (_("Settings"), "orgs:own_settings"),
            (_("Switches"), "accounts:switches"),
            (_("Compliance"), "home:compliance"),
        ),
    ),
)
"""Twelve entries at most are seen at a glance: what is looked at daily stands first, what is of
one kind behind one entry."""
MENUS: dict[Role, tuple[Item | Family, ...]] = {
    Role.AUDIT_ADMINISTRATOR: (
        (_("Home"), "home:administration"),
        (_("Journal"), "accounts:journal"),
        (_("Accounts"), "accounts:list"),
        (_("Switches"), "accounts:switches"),
        (_("Compliance"), "home:compliance"),
    ),
    Role.BRANCH_SECRETARY: _BRANCH,
    Role.COMMUNITY_SECRETARY: _COMMUNITY,
    Role.COMMUNITY_WORKER: _COMMUNITY,
    Role.SECURITY_ADMINISTRATOR: (
        (_("Home"), "home:administration"),
        (_("Accounts"), "accounts:list"),
        (_("Switches"), "accounts:switches"),
        (_("Compliance"), "home:compliance"),
    ),
    Role.SUPERVISOR: _SUPERVISOR,
    Role.SYSTEM_ADMINISTRATOR: (
        (_("Home"), "home:administration"),
        (_("Organisations"), "orgs:list"),
        (_("Division table"), "divisions:choose"),
        (_("Switches"), "accounts:switches"),
        (_("Settings"), "orgs:own_settings"),
        (_("Health"), "home:health"),
        (_("Compliance"), "home:compliance"),
    ),
    Role.UNIT_CLERK: _UNIT,
    Role.UNIT_SECRETARY: _UNIT,
}
PEOPLE_LISTS: dict[Role, str] = {
    Role.BRANCH_SECRETARY: "people:list",
    Role.COMMUNITY_SECRETARY: "registration:members",
    Role.COMMUNITY_WORKER: "registration:members",
    Role.SUPERVISOR: "people:list",
    Role.UNIT_CLERK: "people:list",
    Role.UNIT_SECRETARY: "people:list",
}
"""The list of people below which the page of a person stands."""

PERSON_PAGES = frozenset({"home:person", "home:unmask"})
"""They stand below the list of people, whatever their address."""

BELOW = {
    "commitments": "people:list",
    "orders": "agenda:party",
    "pairings": "agenda:party",
    "policies": "orgs:own_settings",
    "reporttables": "insight:tables",
    "trials": "orgs:own_settings",
    "visits": "visits:contacts",
}
"""Below which entry the pages of a slice stand that are in no menu by their own address. Below the
first page of a unit, whose address begins those of all its pages, stands none."""

FIRST_PAGES: dict[Role, str] = {
    Role.BRANCH_SECRETARY: "home:unit",
    Role.COMMUNITY_SECRETARY: "home:today",
    Role.COMMUNITY_WORKER: "home:today",
    Role.SUPERVISOR: "insight:overview",
    Role.UNIT_CLERK: "home:unit",
    Role.UNIT_SECRETARY: "home:unit",
} | dict.fromkeys(ADMINISTRATORS, "home:administration")


def pages_of(role: Role) -> list[str]:
    """The names of all pages to which the menu of a role leads."""
    return [name for family in _families(MENUS[role]) for _label, name in family.items]


def _families(entries: tuple[Item | Family, ...]) -> list[Family]:
    """Every entry as a family; an item is one of its own."""
    return [one if isinstance(one, Family) else Family(one[0], (one,)) for one in entries]


def first_page_of(request: ActorRequest) -> str:
    """The name of the first page: of the role acted for, else a member's, else one's account."""
    if request.acting_role is not None:
        return FIRST_PAGES[request.acting_role]
    return "home:member" if request.actor.person_id else "accounts:mine"


@dataclass(frozen=True)
class MenuEntry:
    """A place in the menu."""

    label: Promise
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
    def _pages(self) -> list[tuple[Promise, list[MenuEntry]]]:
        """Every entry of the menu with the pages behind it."""
        if self._role is not None:
            entries = MENUS.get(self._role, ())
        else:
            entries = _MEMBER if self._actor.person_id else ()
        families = [
            (one.label, [(label, page_url(name)) for label, name in one.items])
            for one in _families(entries)
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
    def people(self) -> MenuEntry | None:
        """The list of the people of whom the role has a page each; None for a role without."""
        return next((entry for entry in self.menu if self._of_a_person and entry.current), None)

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
