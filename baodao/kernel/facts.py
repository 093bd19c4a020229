"""The base of append-only tables, and the rights that make them so in the database."""

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction


class Fact(models.Model):
    """A row that is written once: the application's role may SELECT and INSERT it, no more."""

    class Meta:
        abstract = True


class OwnersFact(Fact):
    """A fact that the application's role may not even insert: the owner writes it, or a function
    of the owner's that knows when it may."""

    class Meta:
        abstract = True


def withheld() -> dict[str, str]:
    """What the application's role may not do with the tables of facts, by table."""
    return {
        model._meta.db_table: "INSERT, " * issubclass(model, OwnersFact)
        + "UPDATE, DELETE, TRUNCATE"
        for model in apps.get_models()
        if issubclass(model, Fact)
    }


def grant_rights(app_role: str, alias: str = "owner") -> None:
    """Give the application's role its rights on every table of the owner; run after migrations.

    Everything may be read and written, facts only read and appended, the owner's only read.
    Running it again changes nothing, so a table that a later migration brings can never be left
    open.
    """
    connection = connections[alias]
    quote = connection.ops.quote_name
    role = quote(app_role)
    with connection.cursor() as cursor:
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table, rights in withheld().items():
            cursor.execute(f"REVOKE {rights} ON {quote(table)} FROM {role}")


def give_rights() -> None:
    """Grant the rights in the database of the settings, unless its application is the owner."""
    application = str(settings.DATABASES["default"]["USER"])
    if application != settings.DATABASES["owner"]["USER"]:
        with transaction.atomic(using="owner"):
            grant_rights(application)
