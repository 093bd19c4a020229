"""What policies said of a person who was entered twice: it stands no longer, and what the other one
did altogether is looked at in the night after."""

from uuid import UUID

from baodao.adoptions.models import PolicyResult
from baodao.identities.rules.merges import Json
from baodao.kernel import clock
from baodao.kernel.authz import Actor


class ResultsMerge:
    """Results are not renamed: they rest on what one entry did alone. They end with the merge, and
    stand again when it is undone, unless something else was said meanwhile."""

    key = "adoptions"

    def hand_over(self, actor: Actor, kept: UUID, gone: UUID) -> Json:  # noqa: ARG002 - a step's shape
        rows = PolicyResult.objects.filter(person=gone, until=None).select_for_update(no_key=True)
        ids = [row.pk for row in rows.order_by("pk")]
        PolicyResult.objects.filter(pk__in=ids).update(until=clock.now())
        return {"results": [str(one) for one in ids]}

    def hand_back(self, actor: Actor, kept: UUID, gone: UUID, notes: Json) -> None:  # noqa: ARG002
        rows = PolicyResult.objects.filter(pk__in=notes.get("results", ()))
        now = PolicyResult.objects.filter(person=gone, until=None)
        standing = set(now.values_list("adoption", "period_from"))
        for row in rows.select_for_update(no_key=True).order_by("pk"):
            if (row.adoption_id, row.period_from) not in standing:
                row.until = None
                row.save(update_fields=["until"])
