"""Themes of the months of communities; addresses of the calendars of members, teams and units."""

from datetime import date

from django.db.models import QuerySet

from baodao.agenda.models import Feed, Theme
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.ids import new_token
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
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
    ended, _ = Feed.objects.filter(person__merged_into=actor.person_id, team=team_id).delete()
    feed, first = Feed.objects.update_or_create(
        person_id=actor.person_id,
        team_id=team_id,
        defaults={"token": new_token(), "made_at": clock.now()},
    )
    feed.replaced = bool(ended) or not first
    return feed


@command
def renew_unit_feed(actor: Actor, *, unit_id: int) -> Feed:
    """Make the address of the calendar of a unit, or a new one that ends the old. It is the unit's:
    it stays when its clerk leaves. Raises `Absent`."""
    unit = lock(_claiming_units(actor), unit_id)
    feed, first = Feed.objects.update_or_create(
        unit=unit, defaults={"token": new_token(), "made_at": clock.now()}
    )
    feed.replaced = not first
    journal.write(actor, "unit-calendar.renewed", feed.pk, unit.pk)
    return feed


@command
def withdraw_unit_feed(actor: Actor, *, unit_id: int) -> None:
    """End the address of the calendar of a unit; whoever knows it reads nothing more. Raises
    `Absent`."""
    unit = lock(_claiming_units(actor), unit_id)
    feed = Feed.objects.filter(unit=unit).first()
    if feed is None:
        raise Absent("feed")
    journal.write(actor, "unit-calendar.withdrawn", feed.pk, unit.pk)
    feed.delete()


def _claiming_units(actor: Actor) -> QuerySet[Organisation]:
    """The open units that the actor speaks for when something is claimed."""
    return within(places(Kind.UNIT), actor, Permission.CLAIM_MAKE, "path")
