"""The code on a person's record sheets, what it opens, and the sheets that were issued."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from baodao.accounts.queries import person_in_force
from baodao.documents.queries import IssuedPaper, issued_papers
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own, within
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.places import on_their_shards
from baodao.ledger.queries.records import record_rows, standing
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import takers_over
from baodao.people.models import Person
from baodao.people.queries.relations import going_on_as
from baodao.statements.models import RecordCode, RecordSheet


@dataclass(frozen=True)
class OpenRecords:
    """What a stranger with the code learns: whose it is, what counts, and which sheets were issued,
    with what stands on them, the latest first."""

    person: Person
    records: QuerySet[ServiceRecord]
    sheets: list[IssuedPaper]


def opened(token: str) -> OpenRecords:
    """What a code opens; raises `Absent` for a wrong or renewed one, and while the account
    of whose it is is stopped. Of who was entered twice it opens what is kept as one. Nobody can
    guess a token."""
    code = RecordCode.objects.select_related("person").filter(token=token).first()
    if code is None:
        raise Absent("code")
    person = going_on_as(code.person)
    if not person_in_force(person.pk):
        raise Absent("code")
    rows = standing(on_their_shards(record_rows().filter(person=person), [person.pk]))
    sheets = RecordSheet.objects.filter(person=person).values_list("pk", flat=True)
    papers = issued_papers(list(sheets))[::-1]
    return OpenRecords(person, rows.order_by("-served_on", "-recorded_at"), papers)


def own_code(actor: Actor) -> RecordCode | None:
    """The actor's code, once there is one."""
    return own(RecordCode.objects.all(), actor).first()


def code_of(person_id: UUID) -> str:
    """The token of a person's code, else of an entry of theirs by mistake, or nothing; the caller
    may print it for them."""
    theirs = Q(person=person_id) | Q(person__merged_into=person_id)
    tokens = RecordCode.objects.filter(theirs).order_by(
        F("person__merged_into").asc(nulls_first=True), "-made_at"
    )
    return tokens.values_list("token", flat=True).first() or ""


def sheets(actor: Actor) -> QuerySet[RecordSheet]:
    """Sheets issued by communities whose records the actor reads."""
    rows = RecordSheet.objects.select_related("community", "person")
    return within(rows, actor, Permission.RECORD_READ, "community__path")


def sheets_since(community: Organisation, instant: datetime) -> QuerySet[RecordSheet]:
    """Sheets that a community, or one that took over from it or from a part of it, issued at
    `instant` or later; the caller may see its records."""
    above = takers_over(community)
    ours = Q(community__in=above) | Q(community__predecessors__predecessor__in=above)
    return RecordSheet.objects.filter(ours, issued_at__gte=instant).distinct()


def own_sheets(actor: Actor) -> QuerySet[RecordSheet]:
    """The actor's own, the latest first."""
    rows = RecordSheet.objects.select_related("community", "person")
    return own(rows, actor).order_by("-issued_at", "-pk")
