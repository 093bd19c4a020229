"""The Django application of the slice teams."""

from importlib import import_module

from django.apps import AppConfig

from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.tree import register_stories
from baodao.registration.rules.removals import register_removals
from baodao.teams.rules import notices, teams


class TeamsConfig(AppConfig):
    name = "baodao.teams"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_kinds(*notices.NOTICES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.teams.queries.teams").PENDING
        )
        import_module("baodao.needs.queries.menu").register_leading(
            import_module("baodao.teams.queries.teams").led_teams
        )
        register_handovers(*import_module("baodao.teams.commands.handovers").HANDOVERS)
        import_module("baodao.teams.commands.suggestions")  # what takes making one back
        messages = import_module("baodao.teams.commands.messages")
        register_removals(messages.tell_of_removals, messages.tell_of_returns)
        register_stories(teams.STORIES)
