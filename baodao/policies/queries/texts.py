"""Policies as they were written: which an actor may read or edit, their versions, their rules."""

from functools import lru_cache
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.orgs.rules.policies import codes_of
from baodao.policies.models import Policy, PolicyVersion
from baodao.policies.rules.documents import read_policy
from baodao.policies.rules.grammar import RuleSet


def policies_for(actor: Actor) -> QuerySet[Policy]:
    """The policies that the actor may read, also those out of use: of the organisations where they
    hold the permission, of all below these and of all above, whose word holds there."""
    paths = actor.paths(Permission.POLICY_READ)
    below = within(Policy.objects.all(), actor, Permission.POLICY_READ, "organisation__path")
    above = Q(organisation__code__in=codes_of(paths))
    rows = Policy.objects.filter(Q(pk__in=below.order_by().values("pk")) | above)
    return rows.select_related("organisation").order_by("organisation__path", "begun_at", "pk")


def policies_to_edit(actor: Actor) -> QuerySet[Policy]:
    """The policies in use of which the actor may write the next version."""
    rows = Policy.objects.filter(ended_at=None)
    rows = within(rows, actor, Permission.POLICY_EDIT, "organisation__path")
    return rows.select_related("organisation")


def policy_of(actor: Actor, policy_id: UUID) -> Policy:
    """One that the actor may read; raises `Absent`."""
    policy = policies_for(actor).filter(pk=policy_id).first()
    if policy is None:
        raise Absent("policy")
    return policy


def versions_for(actor: Actor) -> QuerySet[PolicyVersion]:
    """All versions of the policies that the actor may read, the newest first."""
    rows = PolicyVersion.objects.filter(policy__in=policies_for(actor).order_by())
    return rows.select_related("policy__organisation").order_by("policy", "-number")


def version_of(actor: Actor, policy_id: UUID, number: int | None = None) -> PolicyVersion:
    """A version of a policy that the actor may read, the last one without a number. Raises
    `Absent`."""
    rows = versions_for(actor).filter(policy=policy_id)
    version = (rows if number is None else rows.filter(number=number)).first()
    if version is None:
        raise Absent("policy version")
    return version


def last_versions(actor: Actor) -> QuerySet[PolicyVersion]:
    """The last version of each policy in use that the actor may read."""
    last = PolicyVersion.objects.filter(policy=OuterRef("policy")).order_by("-number")
    rows = versions_for(actor).filter(pk=Subquery(last.values("pk")[:1]), policy__ended_at=None)
    return rows.order_by("policy__organisation__path", "policy__begun_at", "pk")


def rules_of(version: PolicyVersion) -> RuleSet:
    """What a version says, ready to be applied; read once for each text."""
    return _rules(version.text)


@lru_cache(maxsize=64)
def _rules(text: str) -> RuleSet:
    return read_policy(text)
