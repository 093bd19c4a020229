"""Adoptions: which an actor may know or decide, which hold for a place, which are at rest."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.accounts.queries import is_on
from baodao.adoptions.models import Adoption
from baodao.adoptions.rules.adoptions import needed_switches
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.rules.policies import codes_of
from baodao.policies.models import PolicyVersion
from baodao.policies.queries.texts import last_versions
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.measures import SubjectKind

Adoptions = QuerySet[Adoption]


def adoption_rows() -> Adoptions:
    """Every adoption with what pages show of it; those that were withdrawn never held."""
    rows = Adoption.objects.select_related("organisation", "version", "policy", "beside")
    return rows.filter(withdrawn_at=None).order_by("organisation__path", "from_on", "pk")


def adoptions(actor: Actor, permission: Permission = Permission.POLICY_READ) -> Adoptions:
    """Those of organisations where the actor holds the permission, of all below and of all above
    these, whose word holds there."""
    rows = adoption_rows()
    below = within(rows, actor, permission, "organisation__path")
    above = Q(organisation__code__in=codes_of(actor.paths(permission)))
    return rows.filter(above | Q(pk__in=below.order_by().values("pk")))


def adoption_of(
    actor: Actor, adoption_id: UUID, permission: Permission = Permission.POLICY_READ
) -> Adoption:
    """One that the actor may know; raises `Absent`."""
    row = adoptions(actor, permission).filter(pk=adoption_id).first()
    if row is None:
        raise Absent("adoption")
    return row


def adoptions_to_decide(actor: Actor) -> Adoptions:
    """Those that the actor may end or withdraw."""
    return within(adoption_rows(), actor, Permission.POLICY_ADOPT, "organisation__path")


def adopted_at(place: Organisation) -> Adoptions:
    """Those that the place itself or one above it decided, whenever they hold."""
    return adoption_rows().filter(organisation__code__in=codes_of([place.path]))


def adopted_above(place: Organisation, subject: SubjectKind, from_on: date) -> list[Adoption]:
    """Those of organisations above a place about such subjects that hold on a day or later."""
    rows = adopted_at(place).exclude(organisation=place).filter(subject=subject)
    return list(rows.filter(Q(until_on=None) | Q(until_on__gte=from_on)))


def in_force(rows: Adoptions, day: date | None = None) -> Adoptions:
    """Those of these that hold on a day, else today."""
    on = day or clock.today()
    return rows.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


def missing_switches(rules: RuleSet, place: Organisation) -> list[str]:
    """The switches that the policy needs at a place and that are off there."""
    return [key for key in needed_switches(rules) if not is_on(key, place)]


def at_rest(adoption: Adoption) -> bool:
    """Whether a switch that it needs is off: then nothing comes of it, and nothing is shown."""
    return bool(missing_switches(adoption.rules, adoption.organisation))


def version_in_force(place: Organisation, subject: SubjectKind, day: date) -> PolicyVersion | None:
    """The version for such subjects that holds at a place on a day, by whoever adopted it nearest
    above; None where none does."""
    row = in_force(adopted_at(place).filter(subject=subject), day).last()
    return row.version if row else None


def versions_to_adopt(actor: Actor, place: Organisation) -> QuerySet[PolicyVersion]:
    """The last versions, of policies written here or above, that do not hold here already, adopted
    here or above."""
    codes, today = codes_of([place.path]), clock.today()
    rows = last_versions(actor).filter(policy__organisation__code__in=codes)
    taken = adoption_rows().filter(organisation__code__in=codes).exclude(until_on__lt=today)
    return rows.exclude(pk__in=taken.order_by().values("version"))


def is_adoptable(actor: Actor, place: Organisation, version_id: UUID) -> bool:
    """Whether the actor may adopt a version for a place now."""
    may = actor.may(Permission.POLICY_ADOPT, place.path)
    return may and versions_to_adopt(actor, place).filter(pk=version_id).exists()


def version_to_adopt(actor: Actor, place: Organisation, version_id: UUID) -> PolicyVersion:
    """One of them; raises `Absent`."""
    version = versions_to_adopt(actor, place).filter(pk=version_id).first()
    if version is None:
        raise Absent("policy version")
    return version
