"""A past of one adopted policy: what it says of everybody, said anew from time to time."""

from datetime import date

from baodao.adoptions.models import Adoption, PolicyResult
from baodao.people.models import Membership
from baodao.policies.models import PolicyDocument, PolicyVersion
from tests.figures.histories import History

_STATES = ("met", "missed", "excused", "apart", "open")


def judge_some(history: History) -> None:
    """The city's policy says something else of every member. It throws no dice."""
    adoption, turn = _adoption(history), PolicyResult.objects.count()
    for row in PolicyResult.objects.filter(until=None):
        PolicyResult.objects.filter(pk=row.pk).update(until=history.now)
    members = Membership.objects.filter(closed_at=None).order_by("person")
    for number, member in enumerate(members.distinct("person")):
        PolicyResult.objects.create(
            adoption=adoption, person_id=member.person_id, place_id=member.branch_id,
            period_from=date(history.now.year, 1, 1), period_until=date(history.now.year, 12, 31),
            day=history.now.date(), since=history.now, digest=f"{number}",
            state=_STATES[(number + turn) % len(_STATES)],
        )  # fmt: skip


def _adoption(history: History) -> Adoption:
    known = Adoption.objects.first()
    if known is not None:
        return known
    city = history.world.city
    policy = PolicyDocument.objects.create(
        organisation=city, code="r2", name="服务办法", begun_at=history.now
    )
    version = PolicyVersion.objects.create(
        policy=policy, number=1, name="服务办法", text="", digest="0", saved_by="范立"
    )
    return Adoption.objects.create(
        organisation=city, policy=policy, version=version, subject="person",
        from_on=date(history.now.year, 1, 1), adopted_by="范立", adopted_at=history.now,
    )  # fmt: skip
