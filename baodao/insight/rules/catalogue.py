"""The catalogue of figures: what each counts, in words, and of which rows."""

from dataclasses import dataclass
from enum import StrEnum

from baodao.kernel.errors import gettext_noop


class Source(StrEnum):
    """What one row is that a metric counts, and below what it hangs in the tree."""

    MEMBERS = "members"
    """A person's membership in a branch."""
    HOSTED = "hosted"
    """A member's registration in a community."""
    UNITS = "units"
    """A unit."""
    HOSTED_UNITS = "hosted-units"
    """A unit's own registration with a community."""
    COMMUNITIES = "communities"
    """A community."""
    SERVICES = "services"
    """A service record, on the branch of its person as it was."""
    SERVICES_HERE = "services-here"
    """A service record, in its community."""
    POSTS = "posts"
    """A claim on a post, on the branch of its person as it was."""
    CLAIMS = "claims"
    """A claim, in the community of its offer."""
    NEEDS = "needs"
    """A need of a community."""
    OFFERS = "offers"
    """An offer of a community."""


RECORDS = (Source.SERVICES, Source.SERVICES_HERE)


@dataclass(frozen=True)
class Metric:
    """A figure: its name, its definition in words, and the kind of row it counts.

    With `minutes` it is the sum of its records' minutes, shown in hours with one decimal, and
    `rows` the metric that counts these records.
    """

    code: str
    label: str
    meaning: str
    source: Source
    minutes: bool = False
    rows: str = ""


_M, _H, _U = Source.MEMBERS, Source.HOSTED, Source.UNITS
_S, _R, _N = Source.SERVICES, Source.SERVICES_HERE, Source.NEEDS

METRICS: dict[str, Metric] = {
    metric.code: metric
    for metric in (
        Metric(
            "members",
            gettext_noop("Members in all"),
            gettext_noop("People with a membership in a branch, recorded and not closed by then."),
            _M,
        ),
        Metric(
            "in_service",
            gettext_noop("In service"),
            gettext_noop("Members whose standing by then is “in service”: those who report."),
            _M,
        ),
        Metric(
            "living_in_city",
            gettext_noop("In service, living in the city"),
            gettext_noop("Members in service who live in this city: the second denominator."),
            _M,
        ),
        Metric(
            "registered",
            gettext_noop("Registered"),
            gettext_noop(
                "Members in service whose registration a community had accepted by then and that "
                "had not ended."
            ),
            _M,
        ),
        Metric(
            "registered_living",
            gettext_noop("Registered, living in the city"),
            gettext_noop("Of the members in service who live in this city, those registered."),
            _M,
        ),
        Metric(
            "waiting",
            gettext_noop("Waiting for the community"),
            gettext_noop("Members in service whose letter lay before a community by then."),
            _M,
        ),
        Metric(
            "exempt",
            gettext_noop("Exempt or delayed"),
            gettext_noop(
                "Members in service, neither registered nor waiting, with an approved exemption "
                "or delay in force on that day."
            ),
            _M,
        ),
        Metric(
            "missing",
            gettext_noop("Not yet registered"),
            gettext_noop(
                "Members in service who are neither registered nor waiting nor exempt: in service "
                "is the sum of these four."
            ),
            _M,
        ),
        Metric(
            "units",
            gettext_noop("Units managed"),
            gettext_noop("Units that this organisation manages, open by then."),
            _U,
        ),
        Metric(
            "units_registered",
            gettext_noop("Units registered"),
            gettext_noop("Of these units, those that a community had accepted by then."),
            _U,
        ),
        Metric(
            "hosted",
            gettext_noop("Members hosted"),
            gettext_noop(
                "Members of whatever unit whose registration a community here had accepted by "
                "then and that had not ended."
            ),
            _H,
        ),
        Metric(
            "hosted_waiting",
            gettext_noop("Members to receive"),
            gettext_noop("Letters that lay before a community here by then."),
            _H,
        ),
        Metric(
            "hosted_ended",
            gettext_noop("Ended"),
            gettext_noop("Registrations in a community here that had ended by then."),
            _H,
        ),
        Metric(
            "hosted_units",
            gettext_noop("Units hosted"),
            gettext_noop("Units of whatever authority that a community here had accepted by then."),
            Source.HOSTED_UNITS,
        ),
        Metric(
            "communities",
            gettext_noop("Communities"),
            gettext_noop("Communities, open by then."),
            Source.COMMUNITIES,
        ),
        Metric(
            "communities_empty",
            gettext_noop("Communities without members"),
            gettext_noop("Communities in which nobody was registered by then."),
            Source.COMMUNITIES,
        ),
        Metric(
            "served",
            gettext_noop("Members who served"),
            gettext_noop(
                "Members in service by then of whom at least one service done in the period was "
                "recorded by then and not reversed, in whatever community."
            ),
            _M,
        ),
        Metric(
            "services",
            gettext_noop("Services done"),
            gettext_noop(
                "Services done in the period, recorded by then and not reversed, of people who "
                "belonged to this branch or unit when they were recorded: one a person and service."
            ),
            _S,
        ),
        Metric(
            "minutes",
            gettext_noop("Hours served"),
            gettext_noop(
                "The time of these services without travel; added up in minutes, shown in hours."
            ),
            _S,
            minutes=True,
            rows="services",
        ),
        Metric(
            "posts_held",
            gettext_noop("Posts claimed"),
            gettext_noop(
                "Claims of people of this branch or unit on service posts that had a place by then "
                "and had not ended."
            ),
            Source.POSTS,
        ),
        Metric(
            "hosted_served",
            gettext_noop("Members hosted who served"),
            gettext_noop(
                "Of the members registered here by then, those of whom at least one service done "
                "in the period was recorded by then and not reversed, in whatever community."
            ),
            _H,
        ),
        Metric(
            "services_here",
            gettext_noop("Services done here"),
            gettext_noop(
                "Services done in the period in a community here, recorded by then and not "
                "reversed, by members of whatever unit: one a person and service."
            ),
            _R,
        ),
        Metric(
            "minutes_here",
            gettext_noop("Hours served here"),
            gettext_noop(
                "The time of these services without travel; added up in minutes, shown in hours."
            ),
            _R,
            minutes=True,
            rows="services_here",
        ),
        Metric(
            "needs_collected",
            gettext_noop("Needs collected"),
            gettext_noop(
                "Needs entered in the period and by then, those merged into others included."
            ),
            _N,
        ),
        Metric(
            "needs_without_help",
            gettext_noop("Needs without help"),
            gettext_noop(
                "Needs entered by then, whenever that was, that at that instant no published offer "
                "answered and that were neither closed nor merged."
            ),
            _N,
        ),
        Metric(
            "needs_met",
            gettext_noop("Needs met"),
            gettext_noop(
                "Needs that stood as met at that instant and had been closed in the period."
            ),
            _N,
        ),
        Metric(
            "needs_unmet",
            gettext_noop("Needs not met"),
            gettext_noop(
                "Needs that stood as not met, with the reason, at that instant and had been closed "
                "in the period."
            ),
            _N,
        ),
        Metric(
            "offers_published",
            gettext_noop("Offers published"),
            gettext_noop(
                "Service posts and themed activities that were published in the period and by then."
            ),
            Source.OFFERS,
        ),
        Metric(
            "claims_live",
            gettext_noop("Claims in force"),
            gettext_noop("Claims on offers here, made by then and not ended."),
            Source.CLAIMS,
        ),
    )
}
