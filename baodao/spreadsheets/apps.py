"""The Django application of the slice spreadsheets."""

from django.apps import AppConfig


class SpreadsheetsConfig(AppConfig):
    name = "baodao.spreadsheets"
