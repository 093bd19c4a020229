"""Who opens the main pages of each role, of which the manual has pictures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

DEVICES = ("phone", "desk")


@dataclass(frozen=True)
class Seat:
    """Who opens which main pages of a role, by the names of their pictures: each an address, or one
    with the link on it that opens the page; on phone and desk, or one of these."""

    role: str
    username: str
    pages: Mapping[str, str]
    devices: tuple[str, ...] = DEVICES

    def picture(self, name: str, device: str) -> str:
        """The name of the picture of a page on a device."""
        return f"{self.role}/pages/{name}-{device}"


SEATS = (
    Seat(
        "member",
        "qiumin",
        {
            "home": "/me/today/",
            "find": "/find/",
            "claims": "/me/claims/",
            "services": "/me/services/",
            "mine": "/me/",
        },
    ),
    Seat(
        "unit",
        "dengmin",
        {
            "home": "/unit/",
            "letters": "/letters/",
            "missing": "/check-list/",
            "table": "/tables/",
            "quarter": "/report-tables/U1001/implementation/",
        },
    ),
    Seat(
        "community",
        "anjing",
        {
            "today": "/today/",
            "members": "/members/",
            "needs": "/needs/",
            "offers": "/offers/",
            "records": "/records/",
        },
    ),
    Seat(
        "supervisor",
        "fanli",
        {
            "overview": "/overview/",
            "table": "/tables/",
            "charts": "/tables/charts/990102000000/",
            "needs": "/needs/",
            "people": "/people/",
        },
    ),
    Seat("member", "qiumin", {"commitment": "/me/commitment/edit/"}, ("phone",)),
    Seat("supervisor", "fanli", {"reports": "/reports/received/"}, ("desk",)),
    Seat(
        "administrator",
        "sunqiming",
        {"layout": "/settings/layouts/introduction-letter/"},
        ("desk",),
    ),
    Seat(
        "administrator",
        "sunqiming",
        {"home": "/administration/", "organisations": "/organisations/", "health": "/health/"},
    ),
    Seat(
        "administrator",
        "shenanguo",
        {"accounts": "/accounts/"},
    ),
    Seat(
        "administrator",
        "sujingwen",
        {"journal": "/journal/"},
    ),
)


def pictures() -> Iterator[str]:
    """The names of the pictures of all main pages."""
    for seat in SEATS:
        for device in seat.devices:
            for name in seat.pages:
                yield seat.picture(name, device)
