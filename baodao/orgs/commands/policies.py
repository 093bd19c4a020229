"""Setting what an organisation decides for itself and all below, and giving it back."""

from typing import Any, TypeVar

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.orgs.models import Organisation, Setting
from baodao.orgs.queries.policies import line_of
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.policies import Policy
from baodao.orgs.rules.tree import Kind, about

T = TypeVar("T")


@command
def set_policy(actor: Actor, *, organisation_id: int, policy: Policy[T], value: T) -> None:
    """Let `value` hold for an organisation and all below that have set nothing nearer.

    Refuses a kind of organisation that may not set this policy, and what the policy does not allow.
    """
    organisation = lock(organisations(actor, Permission.SETTING_EDIT), organisation_id)
    policy.check_level(Kind(organisation.kind))
    before = line_of(policy, organisation).value
    policy.check(value, before)
    known = {"value": policy.kept(value), "set_at": clock.now(), "set_by": actor.name}
    Setting.objects.update_or_create(organisation=organisation, key=policy.key, defaults=known)
    _write(actor, "setting.set", organisation, policy, (before, value))


@command
def clear_policy(actor: Actor, *, organisation_id: int, policy: Policy[T]) -> None:
    """Take an organisation's own setting away, so that what holds above holds again."""
    organisation = lock(organisations(actor, Permission.SETTING_EDIT), organisation_id)
    before = line_of(policy, organisation).value
    gone, _ = Setting.objects.filter(organisation=organisation, key=policy.key).delete()
    if gone:
        after = line_of(policy, organisation).value
        _write(actor, "setting.given-back", organisation, policy, (before, after))


def _write(
    actor: Actor, verb: str, place: Organisation, policy: Policy[Any], values: tuple[Any, Any]
) -> None:
    before, after = (policy.noted(value) for value in values)
    facts: dict[str, journal.Fact] = {"what": policy.question, "before": before, "value": after}
    entry = journal.Act(verb, about(place.pk), place.pk, facts)
    journal.write_many(actor, [entry])
