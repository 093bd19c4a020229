"""Reading the register of papers: what a code verifies, and papers as they were issued."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from baodao.documents.catalogue import FORMS
from baodao.documents.fields import ISSUER, VERIFY_URL, Issuer
from baodao.documents.models import Issue
from baodao.documents.rules import item_of, number_text
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop


@dataclass(frozen=True)
class Verified:
    """All that a stranger learns of a paper, as it stands on it; `added_on` tells when a second
    hand filled in the last of what was empty, `revoked_on` since when it holds no longer,
    `replaced_by` the number of the paper in its place."""

    title: str
    number: str
    unit: str
    holder: str
    issued_on: date
    added_on: date | None
    revoked_on: date | None
    replaced_by: str

    @property
    def valid(self) -> bool:
        return self.revoked_on is None


@dataclass(frozen=True)
class IssuedPaper:
    """A paper as its holder may know it: what anybody learns of it, and all that stands on it."""

    form: str
    verified: Verified
    facts: Item


def verified(token: str) -> Verified | None:
    """The paper behind a verifying code, or None; anybody may ask, nobody can guess a token."""
    issue = Issue.objects.select_related("replaced_by").filter(token=token).first()
    return None if issue is None else _verified(issue)


def issued_papers(about: Collection[UUID]) -> list[IssuedPaper]:
    """Every paper about these rows, the replaced ones too, in the order of their issue. The caller
    may see the rows."""
    issues = Issue.objects.select_related("replaced_by").filter(about__in=about)
    return [
        IssuedPaper(issue.form, _verified(issue), item_of(issue.facts, issue.added))
        for issue in issues.order_by("issued_at", "id")
    ]


def _verified(issue: Issue) -> Verified:
    return Verified(
        title=FORMS[issue.form].title if issue.form in FORMS else issue.form,
        number=_number(issue),
        unit=issue.unit,
        holder=issue.holder,
        issued_on=clock.local(issue.issued_at).date(),
        added_on=clock.day_of(issue.added_at),
        revoked_on=clock.day_of(issue.revoked_at),
        replaced_by=_number(issue.replaced_by) if issue.replaced_by else "",
    )


def _number(issue: Issue) -> str:
    return number_text(issue.year, issue.number)


def issue_of(about: UUID, form: str) -> Issue | None:
    """The latest paper of this form about a row, whether it still holds or not."""
    issues = Issue.objects.filter(about=about, form=form)
    return issues.order_by("-issued_at", "-id").first()


def papers_about(ids: Collection[UUID]) -> QuerySet[Issue]:
    """The papers about these rows that verify still."""
    return Issue.objects.filter(about__in=list(ids), revoked_at=None)


def issued_items(about: Collection[UUID], form: str) -> list[Item]:
    """What stands on the latest paper of this form about each of these rows, as it was issued, in
    the order given, with the address that verifies it. Refused for a row without one."""
    issues = Issue.objects.filter(about__in=about, form=form).order_by("issued_at", "id")
    items = {issue.about: _item(issue) for issue in issues}
    if not items.keys() >= set(about):
        raise Refused(
            "paper.never-issued",
            gettext_noop("“%(form)s” was never issued here, so it cannot be printed again."),
            form=FORMS[form].title,
        )
    return [items[key] for key in about]


def _item(issue: Issue) -> Item:
    return item_of(issue.facts, issue.added) | {
        VERIFY_URL: f"{settings.PUBLIC_URL}/v/{issue.token}/",
        ISSUER: Issuer(issue.organisation_id, issue.issued_at),
    }
