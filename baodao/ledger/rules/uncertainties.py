"""What a service leaves open as it was written: it counts only after somebody said what holds."""

from enum import StrEnum


class Uncertainty(StrEnum):
    """Why a service that could be read in more than one way, or is unlikely, is asked about.

    `NO_YEAR`: its day names no year. `NO_UNIT`: its length is neither hours nor minutes.
    `PART_OF_DAY`: its length may be a part of a day, as Excel keeps times. `WHOLE_DAYS`: its length
    is told in days. `LONG_TIME`, `LONG_AGO`: longer, or further back, than is likely.
    """

    LONG_AGO = "record.long-ago"
    NO_YEAR = "day-year"
    NO_UNIT = "time-unit"
    PART_OF_DAY = "time-part"
    WHOLE_DAYS = "time-days"
    LONG_TIME = "time-long"
