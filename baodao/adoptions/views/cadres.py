"""The work of contact cadres on a page: of a week, a month, a quarter."""

from collections import Counter

from django.http import HttpResponse

from baodao.adoptions.queries.cadres import CadreWork, cadre_work_of
from baodao.adoptions.tables.cadres import NUMBERS, cadre_rows, cadre_work_spec
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.moments import AsOf, Period, periods_until, read_period
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.ui.guards import reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import period_words


@reading
def cadres(request: ActorRequest) -> HttpResponse:
    """Who is a contact here and what they did in a time, the present month unless said."""
    place = acting_for(request, (*PLACES, Kind.UNIT), Permission.CONTACT_READ)
    text = request.GET.get("period", "") or f"{clock.today():%Y-%m}"
    period = read_period(text, AsOf(clock.now()))
    known = cadre_work_of(request.actor, place, period)
    listing = Listing(cadre_rows(known), request, cadre_work_spec(known))
    context = {"place": place, "period_words": period_words(period), "periods": _periods(period)}
    return listing.response("adoptions/cadres.html", context | _numbers(known))


def _numbers(known: CadreWork) -> dict[str, object]:
    """What is told of all together and of each unit."""
    return {
        "work": known,
        "units": [(row, _labelled(row.totals)) for row in known.units],
        "totals": _labelled(known.totals),
    }


def _labelled(totals: Counter[str]) -> list[tuple[object, int]]:
    """Each number with what it counts."""
    return [(label, totals[name]) for name, label in NUMBERS]


def _periods(period: Period) -> list[tuple[str, str, bool]]:
    """This week and the last, months and quarters to choose from; and which one is shown."""
    as_of = AsOf(clock.now())
    year, week, _ = clock.today().isocalendar()
    rows = [read_period(f"{year}-W{one:02d}", as_of) for one in (week, week - 1) if one]
    rows += [one for one in periods_until(as_of) if one.months and len(str(one)) > 4]
    rows = [one for one in rows if "-H" not in str(one)]
    if str(period) not in {str(one) for one in rows}:
        rows.insert(0, period)
    return [(str(one), period_words(one), str(one) == str(period)) for one in rows]
