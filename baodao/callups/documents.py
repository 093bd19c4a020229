"""The supplies of a call-up on paper: 物资台账."""

from baodao.callups.models import CallUp
from baodao.callups.queries.supplies import SupplyLine, supply_lines
from baodao.callups.rules.papers import SUPPLY_LEDGER
from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.ui.wording import instant_words


def supply_ledger(call: CallUp, ending: str) -> Rendered:
    """物资台账 of one call-up in one medium."""
    return render(SUPPLY_LEDGER.code, [supply_ledger_item(call)], ending)


def supply_ledger_item(call: CallUp) -> Item:
    """Its lines in the order of writing."""
    rows = [_row(one) for one in supply_lines(call)]
    return {"organisation": call.caller.name, "as_of": clock.today(), "rows": rows}


def _row(one: SupplyLine) -> dict[str, object]:
    entry = one.entry
    return {
        "at": instant_words(entry.at),
        "item": entry.item,
        "amount_in": one.amount_in,
        "amount_out": one.amount_out,
        "balance": one.left,
        "measure": entry.unit,
        "party": entry.party,
        "writer": entry.written_by,
        "remark": f"冲销：{entry.remark}" if entry.corrects_id else entry.remark,
    }
