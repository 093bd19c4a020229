"""A person's year as a chart: the hours of the last twelve months, each month with its records."""

from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.home.queries.portraits import MONTHS, ServicePortrait
from baodao.kernel import clock
from baodao.ui.charts import Chart, ChartRow, ChartShape, Mark
from baodao.ui.wording import time_words


def year_chart(services: ServicePortrait, records_url: str) -> Chart:
    """Up to this month; `records_url` is where all records of the person stand."""
    minutes = {share.month: share.minutes for share in services.months}
    today = clock.today()
    rows = []
    for back in reversed(range(MONTHS)):
        years, month = divmod(today.month - 1 - back, 12)
        first = today.replace(year=today.year + years, month=month + 1, day=1)
        served = minutes.get(first, 0)
        url = f"{records_url}?month={first:%Y-%m}" if served else ""
        mark = Mark(served / 60, time_words(served), url)
        rows.append(ChartRow(date_format(first, "YEAR_MONTH_FORMAT"), (mark,), str(first.month)))
    heading = gettext("Hours by month")
    return Chart(heading, "", ChartShape.COLUMNS, gettext("Month"), (heading,), tuple(rows))
