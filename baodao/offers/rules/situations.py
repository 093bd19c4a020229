"""困难类别: in which situation somebody is whom a wish or a pairing is for."""

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.offers.rules.kinds import Particulars


class Situation(Code):
    """For whom it is, as far as everybody may know. 孤寡老人, 残疾人, 困境儿童, 困难家庭, 优抚对象,
    其他."""

    ELDERLY = "elderly", gettext_noop("An elderly person living alone")
    DISABLED = "disabled", gettext_noop("A person with a disability")
    CHILD = "child", gettext_noop("A child in a difficult situation")
    FAMILY = "family", gettext_noop("A family in difficulty")
    VETERAN = "veteran", gettext_noop("A veteran, or the family of one who gave their life")
    OTHER = "other", gettext_noop("Somebody else in need")


def situation_in(particulars: Particulars, *others: str) -> Situation:
    """The situation that an offer names in its particulars, which may have these `others` beside
    it; refused where it names none of the list."""
    situation = particulars.get("situation")
    if particulars.keys() - {"situation", *others} or situation not in set(Situation):
        raise Refused("offer.situation", gettext_noop("Choose for whom it is."))
    return Situation(str(situation))
