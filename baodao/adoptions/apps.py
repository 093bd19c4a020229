"""The Django application of the slice adoptions."""

from importlib import import_module

from django.apps import AppConfig

from baodao.adoptions.rules import notices
from baodao.identities.rules.merges import register_merges
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.tree import register_stories
from baodao.people.rules.relations import PersonRelation, register_relations


class AdoptionsConfig(AppConfig):
    name = "baodao.adoptions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_kinds(*notices.NOTICES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.adoptions.queries.reminders").PENDING
        )
        register_handovers(*import_module("baodao.adoptions.commands.handovers").HANDOVERS)
        known = import_module("baodao.adoptions.queries.adoptions")
        import_module("baodao.policies.queries.present").register_present(
            known.version_in_force, known.is_adoptable
        )
        register_merges(import_module("baodao.adoptions.commands.merges").ResultsMerge())
        register_relations(
            PersonRelation(
                "adoptions.policyresult",
                gettext_noop("results of adopted policies"),
                instant="since",
                branch="place",
                moves=False,
            ),
            PersonRelation(
                "adoptions.adoptionreminder",
                gettext_noop("reminders of adopted policies"),
                instant="sent_at",
                moves=False,
            ),
        )
        register_stories(
            {
                "policy.adopted": gettext_noop(
                    "Policy adopted: %(what)s, version %(version)s, from %(on)s"
                ),
                "policy.adoption-ended": gettext_noop(
                    "Adopted policy ends: %(what)s, with %(on)s, because %(reason)s"
                ),
                "policy.adoption-withdrawn": gettext_noop(
                    "Adopted policy withdrawn: %(what)s, because %(reason)s"
                ),
            }
        )
