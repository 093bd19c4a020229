"""The theme of a month in a community."""

from datetime import date

from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.offers.models import Theme
from baodao.orgs.queries import places
from baodao.orgs.rules import Kind


@command
def set_theme(actor: Actor, *, community_id: int, month: date, title: str, note: str = "") -> None:
    """Say what a month is about; without a title it is about nothing in particular again."""
    rows = within(places(Kind.COMMUNITY), actor, Permission.OFFER_EDIT, "path")
    community = lock(rows, community_id)
    first, words = month.replace(day=1), title.strip()
    if not words:
        Theme.objects.filter(community=community, month=first).delete()
        return
    theme, _ = Theme.objects.update_or_create(
        community=community, month=first, defaults={"title": words, "note": note.strip()}
    )
    journal.write(actor, "theme.set", theme.pk, community.pk, title=words)
