"""What of honours waits for somebody, as first pages ask it: objections for who answers, votes for
who votes, words that the records overtook for who signs."""

from dataclasses import dataclass

from django.db.models import QuerySet

from baodao.honours.models import HonourObjection, HonourProposal, HonourRound, HonourVoter
from baodao.honours.queries.grounds import overtaken
from baodao.honours.queries.rounds import objections, open_objections, proposals_to_decide
from baodao.honours.queries.votes import open_votes
from baodao.honours.rules.lives import HonourState
from baodao.kernel.authz import Actor
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, certain, together
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below


@dataclass(frozen=True)
class HonourDuties:
    """Objections to answer, what is to be answered first before the others, rounds that ask for the
    own vote, and words to be looked at again, because the records say otherwise since."""

    objections: list[HonourObjection]
    votes: list[HonourRound]
    overtaken: list[HonourProposal]


def honour_duties(actor: Actor, place: Organisation) -> Question[HonourDuties]:
    """What of honours waits for the actor, who acts for a place."""
    return together(
        HonourDuties,
        objections=_OBJECTIONS.question(actor, place),
        votes=votes_due(actor),
        overtaken=_OVERTAKEN.question(actor, place),
    )


def votes_due(actor: Actor) -> Question[list[HonourRound]]:
    """The rounds that ask for the actor's vote, what ends first before the others."""
    if actor.account_id is None:
        return certain([])
    return _VOTES.question(actor).then(lambda rows: [row.round for row in rows])


def _objections(actor: Actor, place: Organisation) -> QuerySet[HonourObjection]:
    """Those that the actor may answer: neither their own, nor about a word on themselves."""
    mine = open_objections().filter(account=actor.account_id)
    rows = objections(actor).filter(pk__in=open_objections().values("pk"))
    rows = rows.exclude(pk__in=mine.values("pk"))
    if actor.person_id is not None:
        rows = rows.exclude(proposal__person=actor.person_id)
    rows = rows.filter(proposal__round__organisation__in=ids_below(place.path))
    return rows.order_by("due_on", "pk")


def _overtaken(actor: Actor, place: Organisation) -> QuerySet[HonourProposal]:
    """Words that the actor may sign anew or keep, on others than themselves."""
    rows = proposals_to_decide(actor).exclude(verdict="")
    rows = rows.filter(round__state__in=(HonourState.DRAFT, HonourState.FINAL))
    if actor.person_id is not None:
        rows = rows.exclude(person=actor.person_id)
    return overtaken(rows.filter(round__organisation__in=ids_below(place.path)))


def _votes(actor: Actor) -> QuerySet[HonourVoter]:
    rows = open_votes().filter(account=actor.account_id).select_related("round__organisation")
    return rows.order_by("round__ballot_until", "pk")


_OBJECTIONS, _VOTES = Prepared(_objections), Prepared(_votes)
_OVERTAKEN = Prepared(_overtaken)
