"""How a need passes from one state to the next, and the stage it leaves behind."""

from datetime import datetime

from baodao.offers.models import Need, NeedStage
from baodao.offers.rules import NeedState, move_need


def enter(need: Need, to: NeedState, at: datetime, **fields: object) -> None:
    """Put a locked need into `to`, with `fields`; refused with how it stands where that is none of
    the next states."""
    need.state = move_need(need.state, to)
    for name, value in fields.items():
        setattr(need, name, value)
    need.save(update_fields=["state", *fields])
    NeedStage.objects.filter(need=need, until=None).update(until=at)
    begin(need, at)


def begin(need: Need, at: datetime) -> None:
    """Open the stage of the state that a need is in."""
    NeedStage.objects.create(need=need, state=need.state, since=at)
