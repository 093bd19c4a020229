"""Registers of households on their way in: read, previewed, filed, undone."""
