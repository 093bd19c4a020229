"""The Django application of the slice vocabulary."""

from django.apps import AppConfig

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.policies import register_setting_page
from baodao.orgs.rules.tree import register_stories


class VocabularyConfig(AppConfig):
    name = "baodao.vocabulary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_handovers(Handover("table word"))
        register_setting_page(gettext_noop("Words of your tables"), "vocabulary:words")
        register_stories(
            {
                "word.taught": gettext_noop("Word of tables taught: %(what)s → %(value)s"),
                "word.forgotten": gettext_noop("Word of tables removed: %(what)s → %(value)s"),
            }
        )
