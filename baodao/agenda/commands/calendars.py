"""The theme of a month in a community; the address of a member's calendar, or of their team's."""

from datetime import date

from baodao.agenda.models import Feed, Theme
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.ids import new_token
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.teams.queries.teams import own_team


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


@command
def renew_feed(actor: Actor, *, team_id: int | None = None) -> Feed:
    """Make the address of the actor's own calendar, or of that of the team in which they stand, or
    a new one that ends the old. Raises `Absent` for another team."""
    if actor.person_id is None:
        raise Absent("member")
    if team_id is not None and getattr(own_team(actor), "pk", None) != team_id:
        raise Absent("team")
    Feed.objects.filter(person__merged_into=actor.person_id, team=team_id).delete()
    feed, _ = Feed.objects.update_or_create(
        person_id=actor.person_id,
        team_id=team_id,
        defaults={"token": new_token(), "made_at": clock.now()},
    )
    return feed
