"""Call-ups in scope: of a place, those that concern it from above, those of a member, of a unit."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from baodao.accounts.queries import is_on
from baodao.accounts.rules import REQUIRED_CHECK_IN
from baodao.callups.models import CallPost, CallUp, Summons, SupplyEntry
from baodao.callups.rules.notices import CALL
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.notices.queries.pending import PendingRows
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation

CALL_UP = Permission.CALLUP_CALL
Calls = QuerySet[CallUp]
Summonses = QuerySet[Summons]


def call_rows() -> Calls:
    """Every call-up with the name of its caller, for this slice."""
    return CallUp.objects.select_related("caller")


def calls_of(actor: Actor, permission: Permission = CALL_UP) -> Calls:
    """Call-ups of places where the actor holds `permission`: their own, which they lead."""
    return within(call_rows(), actor, permission, "caller__path")


def calls_in(actor: Actor, permission: Permission = Permission.OFFER_READ) -> Calls:
    """Call-ups of places where the actor holds `permission`, and what a place above has sent, for
    who calls up below it."""
    rows = within(call_rows(), actor, permission, "caller__path")
    above = [path[:at] for path in actor.paths(CALL_UP) for at in _ends(path)]
    sent = call_rows().filter(caller__path__in=above, called_at__isnull=False)
    return rows | sent


def _ends(path: str) -> list[int]:
    """Where the paths of the places above end in a path."""
    return [at + 1 for at, sign in enumerate(path[:-1]) if sign == "."]


def calls_at(actor: Actor, place: Organisation) -> Calls:
    """Those of one place, of places below it, and what places above it sent; the latest first."""
    above = [place.path[:at] for at in _ends(place.path)]
    here = Q(caller__path__startswith=place.path) | Q(caller__path__in=above)
    return calls_in(actor).filter(here).order_by("-drafted_at", "pk")


def one_call(actor: Actor, call_id: UUID) -> CallUp:
    """One that the actor reads; raises `Absent`."""
    return _one(calls_in(actor), call_id)


def call_to_lead(actor: Actor, call_id: UUID) -> CallUp:
    """One of a place for which the actor calls up; raises `Absent`."""
    return _one(calls_of(actor), call_id)


def _one(rows: Calls, call_id: UUID) -> CallUp:
    call = rows.filter(pk=call_id).first()
    if call is None:
        raise Absent("callup")
    return call


def twin_of(call: CallUp) -> CallUp | None:
    """Another call-up of the same place that goes on, with the same matter, task and spot."""
    words = {f"{name}__iexact": getattr(call, name) for name in ("title", "task", "spot")}
    going = call_rows().filter(caller=call.caller_id, called_at__isnull=False, ended_at=None)
    return going.filter(**words).exclude(pk=call.pk).order_by("called_at", "pk").first()


def summonses(actor: Actor, permission: Permission = Permission.REGISTRATION_READ) -> Summonses:
    """Who was called, of communities where the actor holds `permission`; never of a unit."""
    rows = Summons.objects.select_related("person", "community", "branch__parent", "call__caller")
    return within(rows, actor, permission, "community__path")


def summonses_of(actor: Actor, call: CallUp) -> Summonses:
    """Who was called by one call-up, in the communities for which the actor calls up or reads."""
    return summonses(actor).filter(call=call)


@dataclass(frozen=True)
class CallNumbers:
    """What became of a call-up so far, in numbers. Of who cannot come there is the number alone."""

    people: int
    able: int
    unable: int
    unreached: int
    spoken: int
    missed: int

    @property
    def reached(self) -> int:
        """How many a notice was sent to."""
        return self.people - self.unreached

    @property
    def uncalled(self) -> int:
        """How many of the others were not telephoned yet."""
        return self.unreached - self.spoken - self.missed

    @property
    def replies(self) -> int:
        """How many have answered."""
        return self.able + self.unable

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self.people - self.replies


_NUMBERS = """
    SELECT count(*), count(*) FILTER (WHERE summons.answer = 'can'),
           count(*) FILTER (WHERE summons.answer = 'cannot'),
           count(*) FILTER (WHERE NOT summons.reached),
           count(*) FILTER (WHERE NOT summons.reached
                            AND (summons.telephone = 'spoken' OR summons.answer <> '')),
           count(*) FILTER (WHERE NOT summons.reached
                            AND summons.telephone = 'missed' AND summons.answer = '')
    FROM callups_summons summons
    WHERE summons.call_id = %s AND (%s OR summons.community_id IN (
        SELECT id FROM orgs_organisation WHERE path LIKE ANY(%s)))"""


def numbers_of(actor: Actor, call: CallUp) -> CallNumbers:
    """The numbers of a call-up, of the communities in the actor's scope; asked every few seconds
    while it goes on, in one statement."""
    reach = actor.paths(Permission.REGISTRATION_READ)
    whole = any(call.caller.path.startswith(path) for path in reach)
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [call.pk, whole, [f"{path}%" for path in reach]])
        return CallNumbers(*cursor.fetchone())


def own_summonses(actor: Actor) -> Summonses:
    """What the actor was called to themselves."""
    rows = Summons.objects.select_related("call__caller")
    return own(rows, actor).order_by("-called_at", "pk")


def own_summons(actor: Actor, call_id: UUID) -> Summons:
    """The actor's own summons of one call-up; raises `Absent`."""
    row = own_summonses(actor).filter(call=call_id).first()
    if row is None:
        raise Absent("callup")
    return row


def open_summonses(actor: Actor) -> Question[list[Summons]]:
    """Those of call-ups that go on, the latest first."""
    return _OPEN.question(actor)


_OPEN = Prepared(lambda actor: own_summonses(actor).filter(call__ended_at=None))


def unit_calls(actor: Actor, place: Organisation) -> Calls:
    """Call-ups by which members of a unit or a branch were called, each with how many
    (`ours`). What they answered is nobody's there: of few members a number would tell it."""
    here = Q(summons__branch__path__startswith=place.path)
    rows = call_rows().filter(sent_at__isnull=False).annotate(ours=Count("summons", filter=here))
    seen = actor.may(Permission.CLAIM_READ, place.path)
    return rows.filter(ours__gt=0).order_by("-called_at", "pk") if seen else rows.none()


def open_calls(actor: Actor, place: Organisation) -> Question[list[tuple[UUID, str]]]:
    """The id and the title of each call-up that goes on at a place or reaches it from above."""
    return _GOING_ON.question(actor, place)


def _going_on(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    here = Summons.objects.filter(call=OuterRef("pk"), community__path__startswith=place.path)
    here = within(here, actor, CALL_UP, "community__path")
    rows = call_rows().filter(Exists(here), ended_at=None)
    return rows.order_by("-called_at", "pk").values_list("pk", "title")


def open_unit_calls(actor: Actor, place: Organisation) -> Question[int]:
    """How many call-ups go on by which members of a unit or a branch were called."""
    return _OF_UNIT.number(actor, place)


def _of_unit(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    ours = Summons.objects.filter(call=OuterRef("pk"), branch__path__startswith=place.path)
    ours = within(ours, actor, Permission.CLAIM_READ, "branch__path")
    return call_rows().filter(Exists(ours), ended_at=None).order_by().values_list("pk")


_GOING_ON, _OF_UNIT = Prepared(_going_on), Prepared(_of_unit)


def _waiting() -> Summonses:
    """For who was called: as long as they have not answered and it goes on."""
    return Summons.objects.filter(
        call=OuterRef("about"), person=OuterRef("person"), answer="", call__ended_at=None
    )


PENDING: dict[str, PendingRows] = {CALL.name: _waiting}
"""For which rows notices ask."""


def post_rows() -> QuerySet[CallPost]:
    """Every post with its offer and call-up, for this slice."""
    return CallPost.objects.select_related("offer__community__parent", "call__caller")


def posts_in(actor: Actor, permission: Permission = CALL_UP) -> QuerySet[CallPost]:
    """Posts in communities where the actor holds `permission`."""
    return within(post_rows(), actor, permission, "offer__community__path")


def one_post(actor: Actor, post_id: UUID) -> CallPost:
    """One that the actor fills; raises `Absent`."""
    post = posts_in(actor).filter(pk=post_id).first()
    if post is None:
        raise Absent("post")
    return post


def one_supply(actor: Actor, entry_id: UUID) -> SupplyEntry:
    """A line of the supply ledger of a call-up in which the actor serves; raises `Absent`."""
    rows = SupplyEntry.objects.select_related("call")
    entry = rows.filter(pk=entry_id, call__in=calls_in(actor, CALL_UP)).first()
    if entry is None:
        raise Absent("supply")
    return entry


def requires_check_in(offer: Offer) -> bool:
    """Whether checking in is required in an offer: it is a post of a call-up, and the switch is on
    for its community today."""
    if not CallPost.objects.filter(offer=offer.pk).exists():
        return False
    return is_on(REQUIRED_CHECK_IN, offer.community)


def call_requires_check_in(call: CallUp) -> bool:
    """Whether whoever comes to a call-up has to check in: the switch is on for its caller today."""
    return is_on(REQUIRED_CHECK_IN, call.caller)
