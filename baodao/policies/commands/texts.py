"""Writing policies, in versions, and taking them out of use."""

from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, organisations
from baodao.orgs.rules.tree import about
from baodao.policies.models import Policy, PolicyVersion
from baodao.policies.queries.texts import policies_to_edit
from baodao.policies.rules.documents import digest_of, read_policy


@command
def save_policy(actor: Actor, *, organisation_id: int, text: str, code: str = "") -> PolicyVersion:
    """Keep a text as the next version of the organisation's policy with the code, or as the first
    of a new policy, which is numbered where no code is given. What says the same makes no version.

    Raises `Misprints` for a text that cannot be applied.
    """
    place = lock(organisations(actor, Permission.POLICY_EDIT), organisation_id)
    check_open(place)
    name = read_policy(text).name
    policy = _policy(place, code, name)
    last = policy.versions.order_by("number").last()
    if last is not None and last.digest == digest_of(text):
        return last
    version = PolicyVersion.objects.create(
        policy=policy,
        number=last.number + 1 if last else 1,
        name=name,
        text=text,
        digest=digest_of(text),
        saved_by=actor.name,
    )
    if policy.name != name:
        policy.name = name
        policy.save(update_fields=["name"])
    _write(actor, "policy.saved", policy, version=version.number)
    return version


def _policy(place: Organisation, code: str, name: str) -> Policy:
    """The policy of the organisation with the code, made where there is none."""
    own = Policy.objects.filter(organisation=place)
    policy = own.filter(code=code).first()
    if policy is None:
        return own.create(organisation=place, code=code or _next_code(place), name=name)
    if policy.ended_at is not None:
        raise Refused(
            "policy.out-of-use",
            gettext_noop("“%(name)s” is out of use; save the text as a new policy."),
            name=policy.name,
        )
    return policy


def _next_code(place: Organisation) -> str:
    """The first number that no policy of the organisation has as its code."""
    taken = {*Policy.objects.filter(organisation=place).values_list("code", flat=True)}
    return next(str(at) for at in range(1, len(taken) + 2) if str(at) not in taken)


@command
def discontinue_policy(actor: Actor, *, policy_id: UUID) -> Policy:
    """Offer a policy no more, here and below; its versions stay, and so does what came of them."""
    policy = lock(policies_to_edit(actor), policy_id)
    policy.ended_at = clock.now()
    policy.save(update_fields=["ended_at"])
    _write(actor, "policy.ended", policy)
    return policy


def _write(actor: Actor, verb: str, policy: Policy, **facts: journal.Fact) -> None:
    place = policy.organisation_id
    told: dict[str, journal.Fact] = {"what": policy.name, **facts}
    journal.write_many(actor, [journal.Act(verb, about(place), place, told)])
