"""For which community or unit a request acts, and which year it asks for."""

from baodao.kernel import clock
from baodao.kernel.days import read_year
from baodao.ui.requests import ActorRequest


def year_in(request: ActorRequest) -> int:
    """The year in the url, else this one; refused when it is none."""
    year = request.GET.get("year", "")
    return read_year(year) if year else clock.today().year
