"""What is said of the rows of one table: problems, and remarks on rows that are taken over."""

from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.problems import MESSAGES, REMARKS, RosterProblem
from baodao.spreadsheets.blocks import TableBlock
from baodao.spreadsheets.cells import column_letter


class ProblemLog:
    """`titles` are the headers of the table's facts as they stand in the file."""

    def __init__(self, place: TableBlock) -> None:
        self.problems: list[RosterProblem] = []
        self.remarks: list[RosterProblem] = []
        self.titles = {column.fact: column.header for column in place.header.columns}
        self._at = {column.fact: column.index for column in place.header.columns}
        self._place = place

    def problem(self, row: int, fact: RosterFact, kind: str, **facts: object) -> None:
        """Note a problem of a kind in the column of a fact."""
        self.say(row, fact, kind, MESSAGES[kind], **facts)

    def say(self, row: int, fact: RosterFact, kind: str, message: str, **facts: object) -> None:
        """Note a problem with a sentence of its own."""
        self.problems.append(self.at(row, fact, kind, message, **facts))

    def remark(self, row: int, fact: str, kind: str, **facts: object) -> None:
        """Note what is told beside a row that may be taken over all the same."""
        self.remarks.append(self.at(row, fact, kind, REMARKS[kind], **facts))

    def at(
        self, row: int, fact: str, kind: str, message: str = "", **facts: object
    ) -> RosterProblem:
        """A problem in the column of a fact, not noted yet."""
        facts["letter"] = column_letter(self._at[fact] + self._place.first_column)
        title, text = self.titles[fact], message or MESSAGES[kind]
        return RosterProblem(self._place.sheet, row, title, kind, text, facts)
