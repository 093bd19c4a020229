"""How a person stands in their branch, and their sex: codes with their words."""

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


class Sex(Code):
    """As the identity number says."""

    MALE = "m", gettext_noop("male")
    FEMALE = "f", gettext_noop("female")


PAPER_WORDS: dict[str, str] = {
    Standing.IN_SERVICE: "在职",
    Standing.RETIRED: "退休",
    Standing.SECONDED: "借调",
    Standing.ELSEWHERE: "居住外地",
    Grade.FULL: "正式",
    Grade.PROBATIONARY: "预备",
    Sex.MALE: "男",
    Sex.FEMALE: "女",
}
"""What official papers call the codes of a person."""


def paper_word(code: str) -> str:
    """The word of an official paper for a code; "" for none."""
    return PAPER_WORDS.get(code, "")
