"""The list of talents of a community: columns, search, filters, file; no telephone."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from baodao.documents.files import list_file
from baodao.kernel.choice_lists import ChoiceList
from baodao.ledger.rules.durations import hours_figure
from baodao.talents.queries.talents import found_by_words, listed_on
from baodao.talents.rules.talents import TALENT
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]


def talents_spec(skills: ChoiceList) -> Spec:
    """Who of the residents can do what, by the day from which they are listed."""
    return Spec(
        title=gettext_lazy("Talents of residents"),
        columns=(
            Column(
                gettext_lazy("Name"),
                lambda row: row.name,
                url=lambda row: row_url("talents:talent", row.pk),
            ),
            Column(gettext_lazy("What they can do"), lambda row: row.skills, labelled=True),
            Column(gettext_lazy("When"), lambda row: row.free_times, labelled=True),
            Column(gettext_lazy("Listed since"), listed_on, "since", ("listed_at",)),
            Column(gettext_lazy("Services"), lambda row: row.times, numeric=True),
            Column(gettext_lazy("Hours"), lambda row: hours_figure(row.minutes), numeric=True),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(gettext_lazy("Volunteer number"), lambda row: row.number, export_only=True),
        ),
        order=("-state", "listed_at"),
        search=found_by_words,
        search_hint=gettext_lazy("Name, what they can do, volunteer number"),
        filters=(
            Filter(
                "skill",
                gettext_lazy("What they can do"),
                [(word, word) for word in skills.words],
                lambda rows, word: rows.filter(skills__contains=word),
            ),
            Filter("state", gettext_lazy("State"), code_choices(TALENT.live), equals("state")),
        ),
        empty=gettext_lazy("No resident is in the list of talents yet."),
        empty_hint=gettext_lazy(
            "Enter them at the window, with their consent; or they do it on the residents' page."
        ),
        export=list_file,
    )
