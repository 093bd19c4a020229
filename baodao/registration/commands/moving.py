"""How a registration passes from one state to the next, and the stage it leaves behind."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from baodao.kernel.errors import Refused
from baodao.registration.models import Registration, Stage
from baodao.registration.rules.states import State, move


def label_of(registration: Registration) -> str:
    """How a batch names somebody: name and branch, since names repeat."""
    return f"{registration.person.name}（{registration.branch.name}）"


def split(
    registrations: Iterable[Registration], to: State
) -> tuple[list[Registration], list[tuple[str, Refused]]]:
    """Those that may pass to `to`, and the others with the reason."""
    able: list[Registration] = []
    refused: list[tuple[str, Refused]] = []
    for registration in registrations:
        try:
            move(registration.state, to)
            able.append(registration)
        except Refused as no:
            refused.append((label_of(registration), no))
    return able, refused


def enter(registrations: Sequence[Registration], to: State, at: datetime, **fields: object) -> None:
    """Put locked registrations into `to`: the row with `fields` the same for all, and its stage."""
    ids = [registration.pk for registration in registrations]
    Registration.objects.filter(pk__in=ids).update(state=to, **fields)
    for registration in registrations:
        registration.state = to
        for name, value in fields.items():
            setattr(registration, name, value)
    Stage.objects.filter(registration__in=ids, until=None).update(until=at)
    begin(registrations, at)


def begin(registrations: Iterable[Registration], at: datetime) -> None:
    """Open the stage of the state each registration is in."""
    Stage.objects.bulk_create(
        [Stage(registration=row, state=row.state, since=at) for row in registrations],
        batch_size=5_000,
    )
