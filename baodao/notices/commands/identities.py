"""Who is told of a number that an authority asks about, and of entries that it makes one."""

from collections.abc import Sequence

from baodao.accounts.queries import account_by_id
from baodao.identities.rules.checks import IdentityNews
from baodao.notices.commands.notices import Message, announce


def tell(news: Sequence[IdentityNews]) -> None:
    """Tell the unit, or whoever asked it."""
    announce(_message(one) for one in news)


def _message(news: IdentityNews) -> Message:
    facts = {"name": news.name, "unit": news.unit}
    if news.account_id is None:
        return Message(news.event, organisation_id=news.unit_id, about=news.about, facts=facts)
    account = account_by_id(news.account_id)
    return Message(
        news.event,
        person_id=account.person_id,
        account_id=None if account.person_id else account.pk,
        about=news.about,
        facts=facts,
    )
