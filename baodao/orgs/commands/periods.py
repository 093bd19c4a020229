"""Keeping what an organisation was, before it becomes something else."""

from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce

from baodao.kernel import clock
from baodao.orgs.models import Organisation, OrganisationPeriod

COLUMNS = (
    *("parent_id", "kind", "code", "name", "path"),
    *("contact_name", "contact_phone", "address", "closed_at"),
)


def keep_periods(rows: QuerySet[Organisation]) -> None:
    """End the present period of these organisations now, with what the table still says of them.

    Called before every change of a name, a place, a contact, and before one is opened again. What
    was so for no instant at all (made and changed within one) leaves no period.
    """
    now = clock.now()
    begun = Coalesce(Max("periods__until"), F("opened_at"))
    present = rows.order_by().annotate(begun=begun).values("pk", "begun", *COLUMNS)
    OrganisationPeriod.objects.bulk_create(
        [
            OrganisationPeriod(
                organisation_id=row.pop("pk"), since=row.pop("begun"), until=now, **row
            )
            for row in present.iterator(5_000)
            if row["begun"] < now
        ],
        batch_size=5_000,
    )
