"""The Django application of the slice sentences."""

from django.apps import AppConfig


class SentencesConfig(AppConfig):
    name = "baodao.sentences"
