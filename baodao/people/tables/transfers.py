"""Members on the way between units, as a list."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baodao.people.models import UnitTransfer
from baodao.people.queries.members import unit_of
from baodao.people.rules.transfers import TransferState
from baodao.ui.listing import Column, Filter, Spec
from baodao.ui.wording import code_choices


def _in_state(rows: QuerySet[UnitTransfer], state: str) -> QuerySet[UnitTransfer]:
    return rows.filter(state=state)


def transfers_spec() -> Spec:
    """Who goes where as of which day, and how it stands; the newest first."""
    states = code_choices(TransferState)
    return Spec(
        title=_("Transfers between units"),
        columns=[
            Column(_("Name"), lambda row: row.person.name),
            Column(_("From unit"), lambda row: unit_of(row.from_branch).name),
            Column(_("To unit"), lambda row: row.unit.name),
            Column(_("As of"), lambda row: row.on, "on", ("on",)),
            Column(_("State"), lambda row: row.get_state_display()),
            Column(_("Reason"), lambda row: row.reason or row.note),
        ],
        order=("-proposed_at",),
        filters=[Filter("state", _("State"), states, _in_state)],
        empty=_("Nobody was transferred yet."),
        empty_hint=_("Choose “Transfer to another unit” on the page of a member."),
    )
