"""时间银行对账单 on paper, always in Chinese."""

from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.ledger.rules.durations import length_on_paper
from baodao.orgs.queries.tree import standing_of
from baodao.timebank.queries.accounts import owner_name
from baodao.timebank.queries.lines import AccountLine, AccountStatement
from baodao.timebank.rules.papers import TIME_STATEMENT


def statement_item(statement: AccountStatement) -> Item:
    """What stands on the statement; no name of kin."""
    account = statement.account
    community = standing_of(account.community)
    pending = sum(one.change for one in statement.lines if one.pending)
    with translation.override("zh-hans"):
        rows = [_row(line) for line in statement.lines]
    return {
        "name": owner_name(account),
        "volunteer_number": account.number,
        "time_earned": length_on_paper(statement.earned),
        "time_spent": length_on_paper(statement.spent),
        "time_left": length_on_paper(statement.balance),
        "time_pending": length_on_paper(pending) if pending > 0 else "",
        "community": community.name,
        "community_phone": community.contact_phone,
        "as_of": clock.today(),
        "issued_on": clock.today(),
        "rows": rows,
    }


def _row(line: AccountLine) -> dict[str, object]:
    words = line.words
    if line.is_capped:
        words = gettext("%(words)s (the month was full)") % {"words": words}
    return {
        "day": line.served_on or clock.local(line.at).date(),
        "booking": line.title,
        "result": words,
        "change": f"{line.change:+d}",
        "balance": line.balance,
    }


def statement_file(item: Item, ending: str) -> Rendered:
    """The statement in one medium."""
    return render(TIME_STATEMENT.code, [item], ending)
