"""The journal, for the audit administrator: who did what, where and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_GET

from baodao.accounts.forms import JournalForm
from baodao.accounts.queries import journal_entries
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.models import JournalEntry
from baodao.orgs.queries.choices import Choices
from baodao.orgs.queries.tree import ids_below, organisations
from baodao.ui.catalogues import words_of
from baodao.ui.facts import actor_words, subjects_of, told_facts, whom_of
from baodao.ui.requests import ActorRequest

PAGE = 50
REACH = 10_000


@dataclass(frozen=True)
class JournalLine:
    """An entry with the name of the organisation in which it happened, and its facts in words."""

    entry: JournalEntry
    place: str
    facts: list[tuple[str, str]]

    @property
    def sentence(self) -> str:
        """Who did what, where."""
        words = {
            "who": actor_words(self.entry.actor_name) or gettext("somebody without an account"),
            "place": self.place,
            "act": pgettext("journal", self.entry.verb),
        }
        if not self.place:
            return gettext("%(who)s: %(act)s") % words
        return gettext("%(who)s, %(place)s: %(act)s") % words


@require_GET
def entries(request: ActorRequest) -> HttpResponse:
    """The newest first; at most 10,000 of what was asked for can be paged through."""
    if not request.actor.may_somewhere(Permission.JOURNAL_READ):
        raise Absent("journal")
    places = organisations(request.actor, Permission.JOURNAL_READ)
    form = JournalForm(request.GET or None, find=Choices(places))
    rows = journal_entries(request.actor)
    if form.is_bound and form.is_valid():
        rows = _narrowed(rows, form)
    pages = Paginator(rows.order_by("-at", "-id")[: REACH + 1], PAGE)
    page = pages.get_page(request.GET.get("page"))
    lines = _placed(request.actor, page.object_list)
    context = {"form": form, "page": page, "lines": lines, "reach": REACH}
    return render(request, "accounts/journal.html", context)


def _narrowed(rows: QuerySet[JournalEntry], form: JournalForm) -> QuerySet[JournalEntry]:
    typed = form.cleaned_data
    if typed["actor_name"]:
        rows = rows.filter(actor_name=typed["actor_name"])
    if typed["verb"]:
        named = [verb for verb, act in words_of("journal").items() if typed["verb"] in act]
        rows = rows.filter(Q(verb__startswith=typed["verb"]) | Q(verb__in=named))
    if typed["place"]:
        rows = rows.filter(scope_id__in=ids_below(typed["place"].path))
    if typed["from_on"]:
        rows = rows.filter(at__gte=clock.midnight(typed["from_on"]))
    if typed["to_on"]:
        rows = rows.filter(at__lt=clock.end_of(typed["to_on"]))
    return rows


def _whom(number: str) -> list[tuple[str, str]]:
    """Whom it is about, by a number that tells no name."""
    return [(gettext("Volunteer number"), number)] if number else []


def _subject(subject: tuple[str, str] | None, entry: JournalEntry) -> list[tuple[str, str]]:
    """What it is about, unless its own facts say so."""
    return [subject] if subject and subject[1] not in entry.facts.values() else []


def _placed(actor: Actor, entries: Iterable[JournalEntry]) -> list[JournalLine]:
    acts = list(entries)
    ids = {entry.scope_id for entry in acts}
    places = organisations(actor, Permission.JOURNAL_READ).in_bulk(ids)
    whom = whom_of({entry.about for entry in acts})
    subjects = subjects_of({(entry.about, entry.verb) for entry in acts})
    return [
        JournalLine(
            entry,
            places[entry.scope_id].name if entry.scope_id in places else "",
            [
                *_whom(whom.get(entry.about, "")),
                *_subject(subjects.get(entry.about), entry),
                *told_facts(entry.facts),
            ],
        )
        for entry in acts
    ]
