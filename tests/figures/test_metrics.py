"""What metrics count is declared in codes, and says by itself whether a period decides it."""

import pytest

from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.metrics.people import IN_SERVICE
from baodao.tallies.rules.conditions import EVERY, Trait


def test_a_condition_is_made_of_codes_and_never_of_text() -> None:
    for text in ("it's", "a b", "", "A", "x; --"):
        with pytest.raises(ValueError, match="no code"):
            Trait("state").one_of(text)
    with pytest.raises(ValueError, match="no name"):
        Trait("state = 1")
    both = IN_SERVICE & Trait("since").in_period
    assert (both.traits, both.of_period) == ({"standing", "since"}, True)
    assert not EVERY.of_period


RECORDS = ("services", "services-here")
OF_PERIOD = {
    *("served", "services", "minutes", "hosted_served", "services_here", "minutes_here"),
    *("needs_collected", "needs_met", "wishes_met", "orders_met", "needs_unmet"),
    *("wishes_collected", "orders_placed", "problems_met", "unit_needs", "corrections"),
    *("solutions", "solutions_problems", "solutions_wishes", "solutions_orders"),
    *("ratings", "ratings_satisfied", "ratings_unsolved"),
    *("offers_published", "series_dates", "honour_lists_issued", "honour_objections_upheld"),
    *("committed", "hosted_committed"),
    *("problems_raised", "problems_solved", "problems_in_time", "problems_reopened"),
    *("tasks_given", "tasks_done", "tasks_in_time", "meetings_held", "decisions_taken"),
    *("problems_visits", "needs_visits", "contact_visits", "contact_points_visited"),
    *("talent_services", "appointments_done", "room_bookings"),
    *("time_earned", "time_spent", "time_orders", "household_files_closed", "group_helps"),
    *("summonses", "summonses_able"),
    *("summonses_placed", "summonses_came", "summonses_minutes"),
    *("resources_offered", "resources_lent", "needs_taken", "projects_done", "clauses_kept"),
    *("agreed_activities", "agreed_services"),
    *("opinions_asked", "opinions_given", "opinions_replied"),
    *("forms_to_fill", "fields_typed", "figures_filled", "doubles_refused"),
    *(code for code, metric in METRICS.items() if metric.source.code in RECORDS),
}


def test_which_figures_are_those_of_a_period() -> None:
    assert {code for code, metric in METRICS.items() if metric.of_period} == OF_PERIOD
