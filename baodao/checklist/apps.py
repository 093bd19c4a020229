"""The Django application of the slice checklist."""

from importlib import import_module

from django.apps import AppConfig

from baodao.checklist.rules import notices
from baodao.notices.rules.catalogue import register_kinds


class ChecklistConfig(AppConfig):
    name = "baodao.checklist"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_kinds(*notices.NOTICES)
        import_module("baodao.checklist.commands")  # what takes reminders back
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.checklist.queries.missing_members").PENDING
        )
