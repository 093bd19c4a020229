"""Who asked: their name and telephone taken back, forgotten, and read in full."""

from dataclasses import dataclass
from uuid import UUID

from baodao.kernel import journal
from baodao.kernel.authz import NOBODY, Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.masks import check_purpose
from baodao.kernel.scope import within
from baodao.needs.models import Need
from baodao.needs.queries.needs import contacts_of_ended, need_rows, needs
from baodao.needs.queries.residents import need_by_code
from baodao.needs.rules.requests import CONSENT

_NO_CONTACT = {"asker": "", "phone_sealed": None, "consent": ""}


@command
def withdraw_contact(actor: Actor, *, code: str) -> Need:
    """Whoever knows the code takes back name and telephone, as easily as they were left."""
    need = lock(need_rows(), need_by_code(code).pk)
    Need.objects.filter(pk=need.pk).update(**_NO_CONTACT)
    need.refresh_from_db(fields=_NO_CONTACT)
    who = NOBODY if actor.account_id else actor
    journal.write(who, "need.contact-withdrawn", need.pk, need.community_id, code=need.code)
    return need


@command
def forget_contacts(actor: Actor) -> int:
    """Forget who asked for what ended long ago, by its own end or that of the need it was merged
    into; how many. Anybody may: what may be kept is not decided by who asks."""
    ended = contacts_of_ended().select_for_update(of=("self",), no_key=True)
    rows = list(ended.order_by("pk"))
    Need.objects.filter(pk__in=[row.pk for row in rows]).update(**_NO_CONTACT)
    acts = [
        journal.Act("need.contact-forgotten", row.pk, row.community_id, {"code": row.code})
        for row in rows
    ]
    journal.write_many(actor, acts)
    return len(rows)


@dataclass(frozen=True)
class AskerContact:
    """What was asked and where, and who asked and how they are reached, in clear; name and
    telephone are empty where these may not be passed on."""

    text: str
    place: str
    name: str = ""
    phone: str = ""


@command
def disclose_contact(actor: Actor, *, need_id: UUID) -> AskerContact:
    """What somebody who comes to help has to know, whose slice has checked that they do: where, and
    what was asked; who asked, if they agreed to that. That it was read stands in the journal."""
    need = need_rows().get(pk=need_id)
    phone = need.phone
    journal.write(actor, "need.read", need.pk, need.community_id)
    if need.consent != CONSENT or not phone:
        return AskerContact(need.text, need.place)
    return AskerContact(need.text, need.place, need.asker, phone)


@command
def unmask_asker(actor: Actor, *, need_id: UUID, reason: str) -> str:
    """The asker's telephone in clear, for who looks after the need; why stands in the journal."""
    screened = needs(actor, Permission.NEED_SCREEN)
    rows = within(screened, actor, Permission.PERSON_UNMASK, "community__path")
    need = rows.filter(pk=need_id).first()
    if need is None:
        raise Absent("need")
    words = check_purpose(reason)
    phone = need.phone
    if not phone:
        raise Refused("need.no-phone", gettext_noop("Whoever asked left no telephone."))
    journal.write(actor, "need.unmasked", need.pk, need.community_id, reason=words)
    return phone
