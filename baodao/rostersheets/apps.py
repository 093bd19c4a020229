"""The Django application of the slice rostersheets."""

from django.apps import AppConfig


class RosterSheetsConfig(AppConfig):
    name = "baodao.rostersheets"
