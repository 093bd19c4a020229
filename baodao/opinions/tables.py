"""The lists of rounds: what an organisation asked, and of an authority what is asked below it."""

from django.utils.translation import gettext_lazy

from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.opinions.queries.waiting import unreplied_answers
from baodao.opinions.rules.rounds import OpinionAudience
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices, period_words


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            gettext_lazy("Sent out on"),
            lambda row: clock.day_of(row.asked_at),
            "asked",
            ("asked_at",),
            url=lambda row: row_url("opinions:round", row.pk),
        ),
        Column(gettext_lazy("Whom"), lambda row: row.get_audience_display()),
        Column(gettext_lazy("About which months"), lambda row: period_words(row.period)),
        Column(gettext_lazy("People asked"), lambda row: row.people, numeric=True),
        Column(gettext_lazy("Answers"), lambda row: row.replies, numeric=True),
        Column(gettext_lazy("Answers until"), lambda row: row.due_on, "due", ("due_on",)),
    )


def _filters() -> tuple[Filter, ...]:
    return (
        Filter("whom", gettext_lazy("Whom"), code_choices(OpinionAudience), equals("audience")),
        Filter(
            "reply",
            gettext_lazy("Replies"),
            (("wanting", gettext_lazy("Opinions without a reply")),),
            lambda rows, _: rows.filter(pk__in=unreplied_answers().values("round")),
        ),
    )


def rounds_table() -> Spec:
    """What one organisation asked."""
    return Spec(
        title=gettext_lazy("Opinions"),
        columns=_columns(),
        order=("-asked_at",),
        filters=_filters(),
        empty=gettext_lazy("Nobody was asked yet."),
        empty_hint=gettext_lazy("Ask once in a half-year; it takes two minutes of those asked."),
        export=list_file,
    )


def rounds_below() -> Spec:
    """What the organisations below an authority asked."""
    asker = Column(gettext_lazy("Asking organisation"), lambda row: row.asker.name)
    return Spec(
        title=gettext_lazy("Opinions"),
        columns=(asker, *_columns()),
        order=("-asked_at",),
        filters=_filters(),
        empty=gettext_lazy("Nobody was asked yet."),
        export=list_file,
    )
