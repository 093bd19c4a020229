"""The table of a kind's own particulars: one row an offer, for what only that kind has."""

from typing import ClassVar

from django.db import models

from baodao.offers.rules.kinds import Particular


class OfferParticulars(models.Model):
    """The particulars of one offer. A kind that has some names its columns in a model of this.

    Columns hold text, codes, numbers and truth; their `verbose_name` is what pages call them. What
    is asked of every kind, such as hours, are columns of the offer itself.
    """

    offer = models.OneToOneField(
        "offers.Offer", on_delete=models.CASCADE, primary_key=True, related_name="%(class)s"
    )

    objects: ClassVar[models.Manager["OfferParticulars"]]

    class Meta:
        abstract = True
        app_label = "offers"

    def __str__(self) -> str:
        return str(self.pk)

    def values(self) -> dict[str, Particular]:
        """What is kept, by the names of the columns."""
        return {field.name: getattr(self, field.name) for field in self.own_fields()}

    def words(self, field: "models.Field[object, object]") -> object:
        """What is kept in a column, as pages write it: a code by its words."""
        display = getattr(self, f"get_{field.name}_display", None)
        return display() if display else getattr(self, field.name)

    @classmethod
    def name(cls) -> str:
        """By which an offer finds its particulars."""
        return cls.__name__.lower()

    @classmethod
    def own_fields(cls) -> list["models.Field[object, object]"]:
        """The columns that the kind has named."""
        return [field for field in cls._meta.concrete_fields if not field.primary_key]
