"""A register of households: kept sealed while somebody looks at it, filed once, forgotten."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from baodao.householdsheets.models import HouseholdImport
from baodao.householdsheets.queries.imports import (
    check_undoable,
    imports,
    judge,
)
from baodao.householdsheets.rules.headings import WORDS
from baodao.householdsheets.rules.households import RegisterDefaults, completed
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.residents.commands.files import community_in
from baodao.residents.commands.intake import add_households, undo_households
from baodao.residents.rules.entries import check_free_words
from baodao.residents.rules.households import FileBasisFacts
from baodao.spreadsheets.headings import header_key
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.seen_columns import is_column_name
from baodao.vocabulary import commands as vocabulary
from baodao.vocabulary.rules.words import WordRole

LARGEST = 5 * 1024 * 1024
KEPT_DAYS = 7
"""For so long an uploaded file is kept that nobody takes over: it is of people in difficulty."""


@dataclass(frozen=True)
class RegisterAnswer:
    """What is asked once of a whole table: its basis, what holds for rows that say none, and the
    keys of the households that are others than those of the same name."""

    basis: FileBasisFacts
    defaults: RegisterDefaults
    others: Collection[str] = ()


@command
def upload(actor: Actor, *, community_id: int, file_name: str, content: bytes) -> HouseholdImport:
    """Keep a register of households for a community where files are switched on; nothing is filed.
    One that no program can read is refused."""
    community = community_in(actor, community_id)
    if len(content) > LARGEST:
        raise unreadable("too-large")
    row = HouseholdImport.objects.create(
        community=community,
        file_name=file_name[-200:],
        created_by=actor.name,
        **HouseholdImport.content.columns(content),
    )
    judge(actor, row)
    journal.write(actor, "household-import.uploaded", row.pk, community.pk, bytes=len(content))
    return row


@command
def choose_columns(
    actor: Actor,
    *,
    import_id: UUID,
    headers: Mapping[str, str],
    remember: bool,
    include_hidden: bool,
    skip_unseen: bool,
) -> HouseholdImport:
    """Say what the columns of a file hold, for it alone or remembered for the community, and what
    of it is read."""
    row = _unapplied(actor, import_id)
    taught = {title: fact for title, fact in headers.items() if not is_column_name(title)}
    if remember and taught:
        vocabulary.remember(
            actor,
            organisation_id=row.community_id,
            table=WORDS.name,
            words={(WordRole.HEADER, title): fact for title, fact in taught.items()},
            since=row.created_at,
        )
    words = {header_key(title): fact for title, fact in headers.items()}
    row.options = {
        "choices": {**row.options.get("choices", {}), **words},
        "include_hidden": include_hidden,
        "skip_unseen": skip_unseen,
    }
    row.save(update_fields=["options"])
    return row


@command
def apply(actor: Actor, *, import_id: UUID, answer: RegisterAnswer) -> HouseholdImport:
    """Make a file of each household of a register without a fault, once; of those that have the
    name of another only where somebody said that they are others. The bytes are forgotten."""
    row = _unapplied(actor, import_id)
    community_in(actor, row.community_id)
    lock(places(Kind.COMMUNITY), row.community_id)
    judgement = judge(actor, row)
    doubts = {one.household.key for one in judgement.alike} - set(answer.others)
    households = [one for one in judgement.households if one.key not in doubts]
    if not households:
        raise Refused("register.nothing", gettext_noop("No household of this table can be filed."))
    if judgement.lacks_category and not answer.defaults.category:
        raise Refused(
            "register.category",
            gettext_noop("Choose a difficulty for the households of which the table says none."),
        )
    if judgement.lacks_grade and not answer.defaults.grade:
        raise Refused(
            "register.grade",
            gettext_noop("Choose a grade for the households of which the table says none."),
        )
    facts = [completed(one.facts, answer.defaults, judgement.words) for one in households]
    files = add_households(
        actor, community_id=row.community_id, households=facts, basis=answer.basis
    )
    row.applied_at, row.file_sealed = clock.now(), None
    row.file_ids = [str(file.pk) for file in files]
    row.left_out = len(judgement.households) - len(households) + len(judgement.table.faults)
    row.save(update_fields=["applied_at", "file_sealed", "file_ids", "left_out"])
    where = (row.pk, row.community_id)
    journal.write(actor, "household-import.applied", *where, count=len(files))
    return row


@command
def discard(actor: Actor, *, import_id: UUID) -> HouseholdImport:
    """Cancel a register that was not taken over; its bytes are forgotten."""
    row = _unapplied(actor, import_id)
    row.file_sealed = None
    row.save(update_fields=["file_sealed"])
    journal.write(actor, "household-import.cancelled", row.pk, row.community_id)
    return row


@command
def undo(actor: Actor, *, import_id: UUID, reason: str) -> HouseholdImport:
    """Take back a register as a whole: the files that it brought are deleted. Refused, by number,
    once something was made of one of them."""
    why = check_reason(reason)
    check_free_words(why)
    row: HouseholdImport = lock(imports(actor), import_id)
    check_undoable(row)
    ids = [UUID(one) for one in row.file_ids]
    count = undo_households(actor, community_id=row.community_id, file_ids=ids, reason=why)
    row.undone_at, row.undone_by, row.reason = clock.now(), actor.name, why
    row.save(update_fields=["undone_at", "undone_by", "reason"])
    where = (row.pk, row.community_id)
    journal.write(actor, "household-import.undone", *where, count=count, reason=why)
    return row


def forget_uploads() -> int:
    """Forget the bytes of files that nobody took over; how many."""
    week_ago = clock.now() - timedelta(days=KEPT_DAYS)
    old = HouseholdImport.objects.filter(created_at__lt=week_ago, file_sealed__isnull=False)
    return old.update(file_sealed=None)


def _unapplied(actor: Actor, import_id: UUID) -> HouseholdImport:
    """A register that still waits, locked."""
    row: HouseholdImport = lock(imports(actor), import_id)
    if row.applied_at is not None:
        raise Refused("register.applied", gettext_noop("This table was taken over already."))
    return row
