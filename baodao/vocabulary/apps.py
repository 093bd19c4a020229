"""The Django application of the slice vocabulary."""

from django.apps import AppConfig

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.policies import register_setting_page


class VocabularyConfig(AppConfig):
    name = "baodao.vocabulary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_handovers(Handover("table word"))
        register_setting_page(gettext_noop("Words of your tables"), "vocabulary:words")
