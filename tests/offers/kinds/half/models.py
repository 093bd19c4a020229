"""A table that nobody can fill."""

from baodao.offers.kinds.particulars import OfferParticulars


class Half(OfferParticulars):
    """Without a column; not in the database."""

    class Meta:
        abstract = True
