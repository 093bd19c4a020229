"""A member's copy of what adopted policies said of them, in their language."""

from django.utils.translation import gettext

from baodao.adoptions.models import LaterResult, PolicyResult, PolicyWord
from baodao.adoptions.queries.later_results import own_later_ever
from baodao.adoptions.queries.results import own_results_ever
from baodao.adoptions.queries.wording import reason_text
from baodao.adoptions.tables.lists import period_text
from baodao.kernel.authz import Actor

Row = dict[str, object]


def copied(actor: Actor) -> dict[str, list[Row]]:
    """Everything that was said, as a list of named values."""
    return {
        gettext("Results of adopted policies"): list(map(_row, own_results_ever(actor))),
        gettext("What records said later of settled times"): list(
            map(_later, own_later_ever(actor))
        ),
    }


def _row(row: PolicyResult) -> Row:
    return _about(row) | _words(row)


def _later(row: LaterResult) -> Row:
    return _about(row.result) | _words(row)


def _about(row: PolicyResult) -> Row:
    """Of which policy and which time it is."""
    return {
        gettext("Policy"): row.adoption.version.name,
        gettext("Adopted by"): row.adoption.organisation.name,
        gettext("Period of the policy"): period_text(row.period_from, row.period_until),
    }


def _words(row: PolicyWord) -> Row:
    """What was said, by what, and since when until when."""
    return {
        gettext("Counted up to the end of"): row.day,
        gettext("State"): row.get_state_display(),
        gettext("Reason"): reason_text(row),
        gettext("Grade by the policy"): row.grade,
        gettext("Star"): row.star,
        gettext("Records counted"): len(row.counted),
        gettext("Said at"): row.since,
        gettext("In force until"): row.until,
    }
