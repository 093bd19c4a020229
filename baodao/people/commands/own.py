"""What a member corrects about themselves: contact and service facts, never identity."""

from collections.abc import Mapping

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.kernel.scope import own
from baodao.orgs import queries as orgs
from baodao.orgs.rules import Kind
from baodao.people.models import Membership, Person

OWN_FACTS = ("specialty", "interests", "wishes", "free_times", "address")


@command
def correct_own_facts(
    actor: Actor, *, facts: Mapping[str, str], home_community_id: int | None
) -> Person:
    """Set these of `OWN_FACTS`, and the community where the actor lives (None: not known).

    The journal names what changed, not what it says. Raises `Absent` for who is no member.
    """
    membership = own(Membership.objects.filter(closed_at=None), actor).first()
    if membership is None or not facts.keys() <= set(OWN_FACTS):
        raise Absent("member")
    person = lock(Person.objects.all(), membership.person_id)
    _check_community(home_community_id)
    told: dict[str, object] = {name: value.strip() for name, value in facts.items()}
    told["home_community_id"] = home_community_id
    changed = [name for name, value in told.items() if getattr(person, name) != value]
    if changed:
        for name in changed:
            setattr(person, name, told[name])
        person.changed_at = clock.now()
        person.save(update_fields=[*changed, "changed_at"])
        journal.write(
            actor, "person.corrected", person.pk, membership.branch_id, fields=sorted(changed)
        )
    return person


def _check_community(community_id: int | None) -> None:
    if community_id and not orgs.places(Kind.COMMUNITY).filter(pk=community_id).exists():
        raise Refused(
            "community.not-open",
            gettext_noop("This is not a community one can report to; choose another."),
        )
