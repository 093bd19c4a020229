"""The lists of a call-up: who was called, who fits a post, what was served."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from baodao.callups.rules.callups import CallByTelephone, Readiness
from baodao.documents.files import list_file
from baodao.ledger.rules.durations import hours_figure
from baodao.people.queries.search import matching
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices, instant_words

Rows = QuerySet[Any]


def _search(rows: Rows, words: str) -> Rows:
    return rows.filter(matching(words, prefix="person__"))


def _narrow(rows: Rows, who: str) -> Rows:
    """All who were called; who can come; or whom no notice reached. Who cannot come is in no list
    of their own."""
    if who == "able":
        return rows.filter(answer=Readiness.CAN)
    return rows.filter(reached=False) if who == "telephone" else rows


def _hours(row: Any) -> str:
    """From when until when somebody can come; nothing of anybody else."""
    if row.answer != Readiness.CAN:
        return ""
    since = instant_words(row.free_from)
    return f"{since} – {instant_words(row.free_until)}" if row.free_until else since


WHO = Filter(
    "who",
    gettext_lazy("Which of them"),
    (
        ("", gettext_lazy("All who were called")),
        ("able", gettext_lazy("Can come")),
        ("telephone", gettext_lazy("To be telephoned")),
    ),
    _narrow,
)


def _telephone(row: Any) -> str:
    """Where who was not told by a notice stands: still to be telephoned, or what became of it."""
    if row.reached:
        return ""
    if row.answer:
        return gettext(CallByTelephone.SPOKEN.words)
    return row.get_telephone_display() or gettext("To be telephoned")


def _by_telephone(rows: Rows, became: str) -> Rows:
    """Of whom no notice reached: still to be telephoned, not reached, or known to have been spoken
    to, as the numbers of the call-up count them."""
    silent = Q(answer="")
    return rows.filter(
        {
            "waiting": silent & Q(telephone=""),
            CallByTelephone.MISSED: silent & Q(telephone=CallByTelephone.MISSED),
            CallByTelephone.SPOKEN: ~silent | Q(telephone=CallByTelephone.SPOKEN),
        }[became],
        reached=False,
    )


def _telephoned() -> Filter:
    choices = [("waiting", gettext("To be telephoned")), *code_choices(CallByTelephone)]
    return Filter("telephone", gettext_lazy("Telephone call"), choices, _by_telephone)


def people_of(chooses: str) -> Spec:
    """Who was called by a call-up; `chooses` is the form to which ticks of rows belong."""
    return Spec(
        title=gettext_lazy("Who was called"),
        columns=(
            Column(gettext_lazy("Name"), lambda row: row.person.name, "name", ("person__pinyin",)),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            Column(gettext_lazy("Branch"), lambda row: row.branch.whole_name),
            Column(gettext_lazy("Can come"), _hours, "since", ("free_from",)),
            Column(gettext_lazy("Telephone call"), _telephone, "telephone", ("telephone",)),
        ),
        order=("person__pinyin",),
        search=_search,
        by_number=True,
        search_hint=gettext_lazy("Name, pinyin initials"),
        filters=(_telephoned(),),
        tabs=WHO,
        empty=gettext_lazy("Nobody is on this list."),
        chooses=chooses,
        export=list_file,
    )


def comers_of() -> Spec:
    """The records that came of a call-up."""
    return Spec(
        title=gettext_lazy("Who came"),
        columns=(
            Column(
                gettext_lazy("Name"),
                lambda row: row.person.name,
                "name",
                ("person__pinyin",),
                url=lambda row: reverse("statements:record", args=[row.community_id, row.id]),
            ),
            Column(gettext_lazy("Day"), lambda row: row.served_on, "day", ("served_on",)),
            Column(gettext_lazy("Post"), lambda row: row.offer_title),
            Column(gettext_lazy("Unit"), lambda row: row.unit_name),
            Column(gettext_lazy("Hours"), lambda row: hours_figure(row.minutes), numeric=True),
        ),
        order=("person__pinyin",),
        search=_search,
        by_number=True,
        search_hint=gettext_lazy("Name, pinyin initials"),
        empty=gettext_lazy("Nobody is recorded yet."),
        export=list_file,
    )


def willing_list(squads: Sequence[str], *, chooses: bool) -> Spec:
    """Who can come at the hours of a post, ticked for the form `place` where one places them; those
    of one of the service teams `squads` are placed together."""
    team = Filter(
        "squad", gettext_lazy("Service team"), [(one, one) for one in squads], equals("squad")
    )
    return Spec(
        title=gettext_lazy("Who can come then"),
        columns=(
            Column(gettext_lazy("Name"), lambda row: row.person.name),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            *(
                [Column(gettext_lazy("Service team"), lambda row: row.squad or "")]
                if squads
                else []
            ),
            Column(gettext_lazy("Knows"), lambda row: row.person.specialty),
            Column(gettext_lazy("Why it fits"), _why),
            Column(gettext_lazy("Can come"), _hours),
        ),
        order=("-fits", "-lives_here", "answered_at"),
        search=_search,
        by_number=True,
        search_hint=gettext_lazy("Name, pinyin initials"),
        filters=(team,) if squads else (),
        empty=gettext_lazy("Nobody who can come then is without a place."),
        chooses="place" if chooses else "",
    )


def _why(row: Any) -> str:
    words = []
    if row.fits:
        words.append(gettext("knows what is needed"))
    if row.lives_here:
        words.append(gettext("reported to this community"))
    return "、".join(words)
