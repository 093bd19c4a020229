"""How a person stands in their branch."""

from enum import StrEnum


class Standing(StrEnum):
    """Only who is in service has to report; the others are members all the same."""

    IN_SERVICE = "in-service"
    RETIRED = "retired"
    SECONDED = "seconded"
    ELSEWHERE = "elsewhere"


class Grade(StrEnum):
    """正式党员, 预备党员."""

    FULL = "full"
    PROBATIONARY = "probationary"
