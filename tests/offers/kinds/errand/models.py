"""What only an errand has."""

from django.db import models

from baodao.offers.kinds.particulars import OfferParticulars


class Errand(OfferParticulars):
    """To which floor it is carried."""

    floor = models.PositiveSmallIntegerField(verbose_name="Floor")
