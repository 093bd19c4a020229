"""Figures, periods and people in the reader's words, on pages and on paper."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext, ngettext

from baodao.figures.queries.sources.organisations import ListedOrganisation
from baodao.figures.queries.sources.people import ListedPerson
from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.figures import plain, share_of
from baodao.insight.queries.tables import StatRow
from baodao.kernel import clock
from baodao.kernel.moments import AsOf
from baodao.orgs.rules.tree import Kind


def figure_words(metric: Metric, figure: int, as_of: AsOf) -> object:
    """A figure as it stands on a page: a number, hours, or since how many days."""
    text = plain(metric, figure, as_of.on)
    if metric.measure is not Measure.EARLIEST:
        return text
    if isinstance(text, str):
        return "—"
    return ngettext("%(days)s day", "%(days)s days", text) % {"days": text}


def percent(metric: Metric, figures: Mapping[str, int]) -> str:
    """The rate that a metric declares, as it is shown."""
    share = share_of(metric, figures)
    return "—" if share is None else f"{share:.1f}%"


def row_name(row: StatRow) -> str:
    """The name of a row; of an organisation's own row, with what it holds."""
    if not row.direct:
        return row.name
    if row.kind is Kind.COMMUNITY:
        return gettext("%(community)s (its own)") % {"community": row.name}
    if row.kind is Kind.UNIT:
        return gettext("%(unit)s (in no branch)") % {"unit": row.name}
    return gettext("%(place)s (its own level)") % {"place": row.name}


def kind_words(words: Mapping[str, str], kind: str) -> str:
    """A kind of service by what the place calls it; all that do not stand alone together."""
    return gettext(words.get(kind, kind)) if kind else gettext("Other kinds")


def accepted_on(row: ListedPerson | ListedOrganisation) -> date | None:
    """The day of acceptance in China."""
    return clock.local(row.accepted_at).date() if row.accepted_at else None


def reason(person: ListedPerson) -> str:
    """Why somebody in service is not registered; empty when registered."""
    if person.why is None:
        return ""
    words = gettext(person.why.words)
    if person.note:
        words = gettext("%(why)s (%(note)s)") % {"why": words, "note": gettext(person.note)}
    if person.until:
        words = gettext("%(why)s until %(day)s") % {"why": words, "day": person.until}
    return words
