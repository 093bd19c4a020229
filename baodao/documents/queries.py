"""Reading the register of papers: what a code verifies, and the paper of a row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from baodao.documents.catalogue import FORMS
from baodao.documents.models import Issue
from baodao.documents.rules import number_text
from baodao.kernel import clock


@dataclass(frozen=True)
class Verified:
    """All that a stranger learns of a paper; `revoked_on` tells since when it holds no longer."""

    title: str
    number: str
    unit: str
    holder: str
    issued_on: date
    revoked_on: date | None

    @property
    def valid(self) -> bool:
        return self.revoked_on is None


def verified(token: str) -> Verified | None:
    """The paper behind a verifying code, or None; anybody may ask, nobody can guess a token."""
    issue = Issue.objects.filter(token=token).first()
    if issue is None:
        return None
    return Verified(
        title=FORMS[issue.form].title if issue.form in FORMS else issue.form,
        number=number_text(issue.year, issue.number),
        unit=issue.unit,
        holder=issue.holder,
        issued_on=clock.local(issue.issued_at).date(),
        revoked_on=clock.local(issue.revoked_at).date() if issue.revoked_at else None,
    )


def issue_of(about: UUID, form: str) -> Issue | None:
    """The latest paper of this form about a row that still holds."""
    issues = Issue.objects.filter(about=about, form=form, revoked_at=None)
    return issues.order_by("-issued_at", "-id").first()


def papers_about(ids: Collection[UUID]) -> QuerySet[Issue]:
    """The papers about these rows that verify still."""
    return Issue.objects.filter(about__in=list(ids), revoked_at=None)


def tokens_of(about: Collection[UUID], form: str) -> dict[UUID, str]:
    """The token of the paper of this form about each row that has one which still holds."""
    issues = Issue.objects.filter(about__in=about, form=form, revoked_at=None)
    return dict(issues.order_by("issued_at", "id").values_list("about", "token"))


def verify_urls(about: Collection[UUID], form: str) -> dict[UUID, str]:
    """The address that verifies the paper of this form about each row that has one in force."""
    tokens = tokens_of(about, form)
    return {pk: f"{settings.PUBLIC_URL}/v/{token}/" for pk, token in tokens.items()}
