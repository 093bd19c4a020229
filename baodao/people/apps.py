"""The Django application of the slice people."""

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules import papers, policies


class PeopleConfig(AppConfig):
    name = "baodao.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_policies(policies.HEADING, *policies.POLICIES)
