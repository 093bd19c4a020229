"""What only a pairing has."""

from django.utils.translation import gettext_lazy

from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.offers.kinds.pairing.kind import VisitRhythm
from baodao.offers.kinds.particulars import OfferParticulars
from baodao.offers.rules.situations import Situation


class Pairing(OfferParticulars):
    """For whom it is, in words that name nobody, and how often they are visited; who they are
    stands in a sealed entry of its own."""

    placement = TablePlacement.REFERENCE
    situation = CodeField(Situation, verbose_name=gettext_lazy("For whom"))
    rhythm = CodeField(VisitRhythm, verbose_name=gettext_lazy("Visits"))
