"""The menu of each role, its first page, and below which entry pages stand that are in none."""

from dataclasses import dataclass

from baodao.kernel.authz import ADMINISTRATORS, Role
from baodao.kernel.errors import gettext_noop as _

Item = tuple[str, str]


@dataclass(frozen=True)
class Family:
    """Pages behind one entry of the menu, which leads to the first of them; above the headline of
    each stand the others."""

    label: str
    items: tuple[Item, ...]


MEMBER: tuple[Item | Family, ...] = (
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
        (
            (_("Needs"), "needs:unit_needs"),
            (_("Menu of services"), "needs:menu"),
            (_("Problems and tasks"), "problems:ours"),
        ),
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
    return [name for family in families_of(MENUS[role]) for _label, name in family.items]


def families_of(entries: tuple[Item | Family, ...]) -> list[Family]:
    """Every entry as a family; an item is one of its own."""
    return [one if isinstance(one, Family) else Family(one[0], (one,)) for one in entries]
