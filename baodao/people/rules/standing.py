"""How a person stands in their branch."""

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code


class Standing(Code):
    """Only who is in service has to report; the others are members all the same."""

    IN_SERVICE = "in-service", gettext_noop("In service")
    RETIRED = "retired", gettext_noop("Retired")
    SECONDED = "seconded", gettext_noop("Seconded")
    ELSEWHERE = "elsewhere", gettext_noop("Lives elsewhere")


class Grade(Code):
    """正式党员, 预备党员."""

    FULL = "full", gettext_noop("Full member")
    PROBATIONARY = "probationary", gettext_noop("Probationary member")
