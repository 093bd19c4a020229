"""Numbers and the register of papers, written in the transaction of the command that issues them.

Like the journal this is a mechanism: the slice that owns the facts checks rights, calls these and
writes the journal.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from baodao.documents.models import Issue, Series
from baodao.documents.rules import digest_of, facts_from, facts_text
from baodao.documents.sheets import Item
from baodao.kernel import clock, ids


@dataclass(frozen=True)
class Paper:
    """A paper about to go out; `holder` is already masked, `facts` are all that stands on it: the
    item of its form, numbers of persons in full."""

    form: str
    organisation_id: int
    unit: str
    year: int
    number: int
    about: UUID
    holder: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    token: str = field(default_factory=ids.new_token)


def next_numbers(*, organisation_id: int, form: str, year: int, count: int) -> range:
    """The next `count` numbers of the organisation for this form and year, from 1, without gaps.

    Must run in the transaction that uses them: the series stays locked until it ends, and when
    it is undone the numbers are free again.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("numbers are given inside the transaction that uses them")
    key = {"organisation_id": organisation_id, "form": form, "year": year}
    Series.objects.bulk_create([Series(**key)], ignore_conflicts=True)
    series = Series.objects.select_for_update().get(**key)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return range(first, first + count)


def keep_papers(papers: Iterable[Paper]) -> list[Issue]:
    """Enter papers into the register with their facts, so that their codes verify and they are
    printed again as they are now."""
    now = clock.now()
    return Issue.objects.bulk_create([_issue(paper, now) for paper in papers], batch_size=2_000)


def _issue(paper: Paper, now: datetime) -> Issue:
    text = facts_text(paper.facts)
    return Issue(
        form=paper.form,
        organisation_id=paper.organisation_id,
        unit=paper.unit,
        year=paper.year,
        number=paper.number,
        about=paper.about,
        holder=paper.holder,
        token=paper.token,
        digest=digest_of(text),
        issued_at=now,
        **Issue.facts.columns(text),
    )


def complete(*, about: UUID, form: str, facts: Item, former: Item | None = None) -> None:
    """Write on the latest paper about a row what another hand adds later: an answer, a grid. Only
    where nothing stood when it was issued, and stands yet, or still the `former` words. What was
    issued stays as it is, the added is kept beside it with its own instant, and without a paper
    there is nothing to write on."""
    papers = Issue.objects.filter(about=about, form=form).select_for_update(no_key=True)
    issue = papers.order_by("-issued_at", "-id").first()
    if issue is None:
        return
    issued, former = facts_from(issue.facts), former or {}
    before = facts_from(issue.added) if issue.added else {}
    free = [
        name
        for name in facts
        if not issued.get(name) and (not before.get(name) or before[name] == former.get(name))
    ]
    added = before | {name: facts[name] for name in free}
    written = {name: words for name, words in added.items() if words}
    if written == before:
        return
    issue.added = facts_text(written) if written else ""
    issue.added_at = clock.now() if written else None
    issue.save(update_fields=["added_sealed", "added_at"])


def replace(*, about: UUID, by: Issue) -> None:
    """The papers of the same form about a row hold no longer: `by` stands in their place."""
    papers = Issue.objects.filter(about=about, form=by.form, replaced_by=None).exclude(pk=by.pk)
    papers.update(replaced_by=by, revoked_at=Coalesce("revoked_at", Value(by.issued_at)))


def papers_about(ids: Collection[UUID]) -> QuerySet[Issue]:
    """The papers about these rows that verify."""
    return Issue.objects.filter(about__in=ids, revoked_at=None)


def revoke_papers(papers: Collection[Issue]) -> None:
    """Let these papers verify no longer."""
    keys = [paper.pk for paper in papers]
    Issue.objects.filter(pk__in=keys).update(revoked_at=clock.now())


def revoke(*, about: UUID, form: str | None = None) -> int:
    """Let the papers about a row verify no longer; returns how many did until now."""
    papers = Issue.objects.filter(about=about, revoked_at=None)
    if form is not None:
        papers = papers.filter(form=form)
    return papers.update(revoked_at=clock.now())
