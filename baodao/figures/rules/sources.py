"""What metrics count: for each source what one row of it is, from when until when it counts, and
on which organisations it hangs."""

from dataclasses import dataclass

from baodao.figures.rules.sheets import COMMUNITIES_UP, PLACES
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.tree import Kind


@dataclass(frozen=True)
class Source:
    """One kind of row.

    `words` say what a row is and `presence` at which instants it counts (message ids): decided by
    when things were recorded, never by dates that people typed. `leaves` are the kinds of
    organisation on which rows hang. `of_people`: each row is of a person. `by_unit`: in a community
    each row belongs to the unit of its person, or is a unit; without it the community counts the
    row as its own. `of_period`: rows are those of the period.
    """

    code: str
    words: str
    presence: str
    leaves: tuple[Kind, ...]
    of_people: bool = False
    by_unit: bool = False
    of_period: bool = False

    @property
    def levels(self) -> tuple[Kind, ...]:
        """The kinds of organisation of which it says anything; at all others there is no row."""
        return tuple(dict.fromkeys((*self.leaves, *PLACES)))

    @property
    def by_person(self) -> bool:
        """Whether a branch's table counts it person by person."""
        return self.of_people and Kind.BRANCH in self.leaves


_OF_BRANCHES = (Kind.BRANCH, Kind.UNIT)
_HERE = (Kind.COMMUNITY,)
_RECORDED = gettext_noop("Recorded by then, and no reversal recorded by then.")
_ACCEPTED = gettext_noop("Accepted by then, and not ended by then.")
_OPEN = gettext_noop("Opened by then, and not closed by then.")
_CLAIMED = gettext_noop("Claimed by then, and not ended by then.")

MEMBERS = Source(
    "members",
    gettext_noop("A membership in a branch"),
    gettext_noop("Recorded by then, and not closed by then."),
    _OF_BRANCHES,
    of_people=True,
)
SERVICES = Source(
    "services",
    gettext_noop("A service record, with the branch of its person as it was"),
    _RECORDED,
    _OF_BRANCHES,
    of_people=True,
    of_period=True,
)
POSTS = Source(
    "posts",
    gettext_noop("A claim, with the branch of its person as it was"),
    _CLAIMED,
    _OF_BRANCHES,
    of_people=True,
)
SOLUTIONS = Source(
    "solutions",
    gettext_noop(
        "A need that was met, with the branch of who served for it first, or a problem that the "
        "unit solved and that is no such need"
    ),
    gettext_noop(
        "Met at that instant, with a service that was recorded and not reversed by then; of a "
        "problem, closed as solved at that instant."
    ),
    _OF_BRANCHES,
)
UNIT_NEEDS = Source(
    "unit-needs",
    gettext_noop("A need that a unit collected"),
    gettext_noop("Entered by then."),
    (Kind.UNIT,),
)
UNITS = Source("units", gettext_noop("A unit"), _OPEN, (Kind.UNIT,))
HOSTED = Source(
    "hosted",
    gettext_noop("A member's registration in a community"),
    gettext_noop("As it stood at that instant."),
    _HERE,
    of_people=True,
    by_unit=True,
)
HOSTED_UNITS = Source(
    "hosted-units",
    gettext_noop("A unit's own registration with a community"),
    _ACCEPTED,
    _HERE,
    by_unit=True,
)
COMMUNITIES = Source("communities", gettext_noop("A community"), _OPEN, _HERE)
SERVICES_HERE = Source(
    "services-here",
    gettext_noop("A service record, in its community"),
    _RECORDED,
    _HERE,
    of_people=True,
    by_unit=True,
    of_period=True,
)
CORRECTIONS = Source(
    "corrections",
    gettext_noop("A service record that was reversed, in its community"),
    gettext_noop("Its reversal recorded by then."),
    _HERE,
    of_people=True,
)
NEEDS = Source(
    "needs",
    gettext_noop("A need of a community"),
    gettext_noop("Entered by then, as it stood at that instant."),
    _HERE,
)
RATINGS = Source(
    "ratings",
    gettext_noop("The word of who asked, on a need that was met"),
    gettext_noop("Given by then."),
    _HERE,
)
PROBLEMS = Source(
    "problems",
    gettext_noop("A problem on the list of a community"),
    gettext_noop("Put on the list by then, as it stood at that instant."),
    _HERE,
)
PROBLEM_TASKS = Source(
    "problem-tasks",
    gettext_noop("A task of a problem on the list of a community"),
    gettext_noop("Given by then, and not withdrawn by then."),
    _HERE,
)
MEETINGS = Source(
    "meetings",
    gettext_noop("A meeting of a committee of a community"),
    gettext_noop("Begun and entered by then, and not cancelled by then."),
    _HERE,
)
DECISIONS = Source(
    "decisions",
    gettext_noop("What a meeting of a committee of a community decided of an item"),
    gettext_noop("Written down by then, of a meeting that was not cancelled by then."),
    _HERE,
)
TEAMS = Source(
    "teams",
    gettext_noop("A service team, in its community"),
    _OPEN,
    _HERE,
)
OFFERS = Source(
    "offers",
    gettext_noop("An offer of a community"),
    gettext_noop("Published by then."),
    _HERE,
)
CLAIMS = Source(
    "claims",
    gettext_noop("A claim, in the community of its offer"),
    _CLAIMED,
    _HERE,
    of_people=True,
    by_unit=True,
)
OPINIONS = Source(
    "opinions",
    gettext_noop("A sheet on which somebody is asked for an opinion, with who asks"),
    gettext_noop("Sent by then."),
    (Kind.UNIT, Kind.COMMUNITY),
)
RESOURCES = Source(
    "resources",
    gettext_noop("A resource of a unit, on a list"),
    gettext_noop("Put on the list, for the first time, by then."),
    (Kind.UNIT,),
)
LIST_CLAIMS = Source(
    "list-claims",
    gettext_noop("What a unit and a community agreed from their lists, in the community"),
    gettext_noop("Agreed by then, and not ended by then."),
    _HERE,
)
PROJECTS = Source(
    "projects",
    gettext_noop("A project of a unit and a community, in the community"),
    gettext_noop("Proposed by then, as it stood at that instant."),
    _HERE,
)
AGREEMENTS = Source(
    "agreements",
    gettext_noop("An agreement of a unit and a community, in the community"),
    gettext_noop("Signed by both by then, and not ended by then."),
    _HERE,
)
AGREED_CLAUSES = Source(
    "agreed-clauses",
    gettext_noop("A clause of an agreement of a unit and a community, in the community"),
    gettext_noop("Of an agreement that both had signed by then."),
    _HERE,
)
AGREED_DEEDS = Source(
    "agreed-deeds",
    gettext_noop(
        "An activity of a unit, or a service of its members, in the community of its agreement"
    ),
    gettext_noop(
        "Recorded by then, in the year of an agreement that both had signed by then and until the "
        "day on which it ended."
    ),
    (Kind.UNIT,),
    of_period=True,
)
BURDEN = Source(
    "burden",
    gettext_noop("Something that reporting cost a unit or community, or that was spared it"),
    gettext_noop("Noted by then."),
    (Kind.UNIT, Kind.COMMUNITY),
)
SUMMONSES = Source(
    "summonses",
    gettext_noop("A member whom an emergency call-up called, in the community of that instant"),
    gettext_noop("Called by then."),
    _HERE,
    of_people=True,
    by_unit=True,
)

CONTACT_POINTS = Source(
    "contact-points",
    gettext_noop("A contact point of a cadre, in its community"),
    gettext_noop("Named by then, and not ended by then."),
    _HERE,
)
CONTACT_VISITS = Source(
    "contact-visits",
    gettext_noop("A visit of a contact cadre, in its community"),
    gettext_noop("Written down by then, and not withdrawn by then."),
    _HERE,
)

HOUSEHOLDS = Source(
    "households",
    gettext_noop("A file of a household, a help group or its help, of a community, not whose"),
    gettext_noop("As it stood at the end of the last quarter that was over; a group at once."),
    _HERE,
)
TALENTS = Source(
    "talents",
    gettext_noop("A resident in the list of talents of a community"),
    gettext_noop("Taken into the list by then, and not ended by then."),
    _HERE,
)
TALENT_SERVICES = Source(
    "talent-services",
    gettext_noop("A service of a talent, in its community"),
    _RECORDED,
    _HERE,
)
APPOINTMENTS = Source(
    "appointments",
    gettext_noop("An appointment of the convenience alliance, in its community"),
    gettext_noop("Ended by then."),
    _HERE,
)

VENUES = Source(
    "venues",
    gettext_noop("A place of service, where it belongs; a grid's in its community"),
    gettext_noop("Opened by then, and not closed for good by then."),
    COMMUNITIES_UP,
)
ROOM_BOOKINGS = Source(
    "room-bookings",
    gettext_noop("A booking of a room, where its place belongs; a grid's in its community"),
    gettext_noop("Confirmed by then, and not cancelled by then."),
    COMMUNITIES_UP,
)
TIME_BOOKINGS = Source(
    "time-bookings",
    gettext_noop("A booking of the time bank, in the community where the account was kept then"),
    gettext_noop("Booked by then."),
    _HERE,
)

HONOUR_LISTS = Source(
    "honour-lists",
    gettext_noop("A final list of honours of a unit or community"),
    gettext_noop("Issued by then, and not withdrawn by then."),
    (Kind.UNIT, Kind.COMMUNITY),
)
HONOUR_OBJECTIONS = Source(
    "honour-objections",
    gettext_noop("An objection to a list of honours of a unit or community"),
    gettext_noop("Objected by then."),
    (Kind.UNIT, Kind.COMMUNITY),
)

SOURCES = (
    *(MEMBERS, SERVICES, POSTS, SOLUTIONS, UNIT_NEEDS, UNITS),
    *(HOSTED, HOSTED_UNITS, COMMUNITIES, TEAMS, SERVICES_HERE, CORRECTIONS),
    *(NEEDS, RATINGS, PROBLEMS, PROBLEM_TASKS, MEETINGS, DECISIONS),
    *(OFFERS, CLAIMS, OPINIONS, BURDEN, SUMMONSES),
    *(RESOURCES, LIST_CLAIMS, PROJECTS, AGREEMENTS, AGREED_CLAUSES, AGREED_DEEDS),
    *(CONTACT_POINTS, CONTACT_VISITS, HOUSEHOLDS),
    *(TALENTS, TALENT_SERVICES, APPOINTMENTS, VENUES, ROOM_BOOKINGS, TIME_BOOKINGS),
    *(HONOUR_LISTS, HONOUR_OBJECTIONS),
)
"""In the order of the columns of every table: first what the members of an organisation are and do,
then what happens in its communities."""
