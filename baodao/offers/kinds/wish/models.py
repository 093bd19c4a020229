"""What only a wish has."""

from django.utils.translation import gettext_lazy

from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.offers.kinds.particulars import OfferParticulars
from baodao.offers.rules.situations import Situation


class Wish(OfferParticulars):
    """For whom it is; who that is stands with the need that the wish answers."""

    placement = TablePlacement.REFERENCE
    situation = CodeField(Situation, verbose_name=gettext_lazy("For whom"))
