"""The Django application of the slice offers."""

from django.apps import AppConfig

from baodao.notices.rules.catalogue import register
from baodao.offers.rules import claim_notices, need_notices


class OffersConfig(AppConfig):
    name = "baodao.offers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(*claim_notices.NOTICES, *need_notices.NOTICES)
