"""Who is told of a transfer to another unit: the other side, and the member once it holds."""

from collections.abc import Iterator, Sequence

from baodao.notices.commands.notices import Message, announce
from baodao.people.rules.transfers import TransferNews, TransferState

LIST = "/people/transfers/"
RECEIVING = (TransferState.PROPOSED, TransferState.WITHDRAWN, TransferState.LAPSED)
GIVING = (TransferState.ACCEPTED, TransferState.DECLINED, TransferState.LAPSED)


def tell(news: Sequence[TransferNews]) -> None:
    """Tell the unit that did not act itself; both, where nobody acted."""
    announce(message for one in news for message in _messages(one))


def _messages(news: TransferNews) -> Iterator[Message]:
    facts = {
        "name": news.name,
        "giving": news.giving,
        "receiving": news.receiving,
        "reason": news.reason,
    }
    units = [news.receiving_id] if news.state in RECEIVING else []
    units += [news.giving_id] if news.state in GIVING else []
    for unit in units:
        kind = f"transfer-{news.state.value}"
        yield Message(kind, organisation_id=unit, about=news.transfer_id, url=LIST, facts=facts)
    if news.state is TransferState.ACCEPTED:
        yield Message("transferred", person_id=news.person_id, about=news.transfer_id, facts=facts)
