"""Whom a reminder does not reach, and why: for whoever chooses whom to ask."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext

from baodao.accounts.queries import accounts_by_person
from baodao.kernel.errors import Refused, gettext_noop
from baodao.notices.models import Channel
from baodao.notices.queries.preferences import off_outside, unwanted_reminders
from baodao.notices.queries.reminders import Reminders
from baodao.ui.wording import worded

NO_ACCOUNT = gettext_noop("no account yet, cannot be reminded: telephone instead")
STOPPED = gettext_noop("account stopped, cannot be reminded: telephone instead")
NO_CHANNEL = gettext_noop("no channel outside: reads it only on signing in")


class Silence(NamedTuple):
    """Why a reminder does not reach somebody, in the reader's words, whether it does `later`, when
    they sign in, and whether they can."""

    words: str
    later: bool
    signs_in: bool = True


def unreached(person_ids: Collection[UUID], topic: str) -> dict[UUID, Silence]:
    """Of these persons those whom a reminder on a topic does not reach, or only when they sign in,
    each with why."""
    accounts, reminders = accounts_by_person(person_ids), Reminders(person_ids)
    unwelcome = unwanted_reminders(person_ids, {topic})
    outside = _with_channel(person_ids, topic)
    silent: dict[UUID, Silence] = {}
    for person_id in person_ids:
        account = accounts.get(person_id)
        if account is None or not account.is_active:
            words = gettext(STOPPED if account else NO_ACCOUNT)
            silent[person_id] = Silence(words, later=False, signs_in=False)
            continue
        try:
            reminders.check(person_id, welcome=(person_id, topic) not in unwelcome)
        except Refused as refused:
            silent[person_id] = Silence(worded(refused), later=False)
            continue
        if person_id not in outside:
            silent[person_id] = Silence(gettext(NO_CHANNEL), later=True)
    return silent


def without_account(person_ids: Collection[UUID]) -> set[UUID]:
    """Who of them has no account that they can sign in with, and so reads no notice."""
    accounts = accounts_by_person(person_ids)
    return {one for one in person_ids if one not in accounts or not accounts[one].is_active}


def _with_channel(person_ids: Collection[UUID], topic: str) -> set[UUID]:
    """Who of them is told outside of a topic."""
    rows = Channel.objects.filter(account__person__in=person_ids, removed_at=None)
    channels = list(rows.select_related("account"))
    off = off_outside(channels)
    on = (one.account for one in channels if (one.pk, topic) not in off)
    return {one.person_id for one in on if one is not None and one.person_id is not None}
