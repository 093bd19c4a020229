"""What lists show: their columns, filters and searches, and the words of codes."""

from baodao.registration.tables.words import Step, choices, steps_to, word

__all__ = ["Step", "choices", "steps_to", "word"]
