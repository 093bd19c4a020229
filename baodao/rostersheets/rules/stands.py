"""What the cells of one table say of standing, grade, retirement and residence; read once each."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from baodao.people.rules.dates import date_of
from baodao.people.rules.standing import Grade, Standing
from baodao.rostersheets.rules.headers import OPPOSITES, RosterFact
from baodao.rostersheets.rules.row_dates import UNREADABLE, read_date
from baodao.rostersheets.rules.words import Stand, answered, graded, is_answer, stand_of, yes_or_no
from baodao.spreadsheets.cells import Cell, Memo, compact, text_of
from baodao.spreadsheets.headers import HeaderColumn
from baodao.spreadsheets.headings import heading_of

DATED = re.compile(r"([12][0-9]{3}(?:[年.\-/][0-9年月日.\-/]*)?)(?=[\u4e00-\u9fff])")

AWAY = re.compile(r"(?:已|现|目前)?(借调|借用|抽调|挂职|外派|选派|派驻)[至到往去在于].+")
"""Where somebody was sent, 借调到某局; 由某局借调 says nothing of that sort."""
NOT_YET = re.compile("(?:尚|还|暂)?[未没](?:有)?(?:退休?|到龄?|到年龄|办理)?")
"""What stands for a day of retirement that has not come."""
LONGEST_REMARK = 30
CODES = re.compile(r"(?<![0-9a-z])([0-9a-z])[.、:：=—-]?(?:为|是|表示|代表)?([\u4e00-\u9fff]{2,8})")
"""What a header says its codes mean: 人员状态（1在职 2退休）."""

CODE = "\0"
"""Stands for a number of which nobody says what it means."""


def codes_of(header: str) -> Mapping[str, str]:
    """The codes that a header explains, two at least: code → word."""
    codes = dict(CODES.findall(compact(header)))
    return codes if len(codes) > 1 else {}


def _asks(fact: str, header: str) -> bool:
    """Whether a header is a question or itself the answer, 在职 over 1 and 0."""
    core = heading_of(header).core
    return bool(heading_of(header).question) or any(
        re.search(words, core) for words in OPPOSITES.get(fact, ())
    )


class StandCells:
    """`columns` tell of which facts the header asks the contrary, 是否离退休, and what their codes
    mean. `statuses` are words that a tenant taught, which win."""

    def __init__(
        self, columns: Iterable[HeaderColumn], today: date, statuses: Mapping[str, str]
    ) -> None:
        headers = {column.fact: column.header for column in columns}
        self._opposite = {column.fact for column in columns if column.opposite}
        self._codes = {fact: codes_of(header) for fact, header in headers.items()}
        self._questions = {fact for fact, header in headers.items() if _asks(fact, header)}
        self._taught = statuses
        self._today = today
        self.stands = Memo(self._stand)
        self.leavings = Memo(self._leaving)
        self.lives = Memo(self._lives)
        self.remarks = Memo(self._remark)

    def _stand(self, cells: tuple[Cell, Cell]) -> Stand:
        """Status and grade may each speak of both; what neither says stays None."""
        status = self._meant(text_of(cells[0]), RosterFact.STANDING)
        grade = self._meant(text_of(cells[1]), RosterFact.GRADE)
        if CODE in (status, grade):
            return Stand(known=False)
        first = self._own(status) or answered(
            self._dated(status), status, opposite=RosterFact.STANDING in self._opposite
        )
        second = self._own(grade) or graded(
            stand_of(grade), grade, opposite=RosterFact.GRADE in self._opposite
        )
        known = first.known and second.known
        return Stand(first.standing or second.standing, second.grade or first.grade, known)

    def knows(self, status: Cell) -> bool:
        """Whether a status cell says something that is understood, or nothing."""
        text = self._meant(text_of(status), RosterFact.STANDING)
        return text != CODE and stand_of(text).known

    def _meant(self, text: str, fact: RosterFact) -> str:
        """What stands for a cell: the word that the header gives its code; `CODE` for a number of
        which nobody says what it means, as 1 is a yes only where something is asked."""
        if (word := compact(text)) in self._codes.get(fact, ()):
            return self._codes[fact][word]
        is_code = word in ("0", "1") and fact not in self._questions and word not in self._taught
        return CODE if is_code else text

    def _dated(self, text: str) -> Stand:
        """What a status says that may begin with its day, 2020年退休; one to come is not true
        yet."""
        stand, dated = stand_of(text), DATED.match(text)
        if stand.known or dated is None:
            return stand
        since = date_of(dated[1].rstrip("年")) or date_of(f"{dated[1].rstrip('年')}.01")
        return stand_of(text[dated.end() :]) if since and since.on <= self._today else stand

    def _remark(self, cell: Cell) -> Stand:
        """The standing that a remark tells, and nothing where it tells of something else; 在职 may
        be how somebody studied."""
        text = text_of(cell)
        if not text or len(text) > LONGEST_REMARK or is_answer(text):
            return Stand()
        match = AWAY.fullmatch(text)
        standing = self._dated(match[1] if match else text).standing
        return Stand(None if standing is Standing.IN_SERVICE else standing)

    def _own(self, text: str) -> Stand | None:
        code = self._taught.get(compact(text)) if self._taught else None
        if code is None:
            return None
        return Stand(grade=Grade(code)) if code in set(Grade) else Stand(Standing(code))

    def _leaving(self, cell: Cell) -> Stand:
        """What the day of retirement says; it may be a word for a standing."""
        read = read_date(cell)
        if read is None:
            return Stand()
        if read is UNREADABLE and NOT_YET.fullmatch(compact(text_of(cell))):
            return Stand()
        if read is UNREADABLE:
            return stand_of(text_of(cell))
        return Stand(Standing.RETIRED if read.on <= self._today else None)

    def _lives(self, cell: Cell) -> bool | None:
        text = text_of(cell)
        lives = yes_or_no(text)
        turned = RosterFact.LIVES_IN_CITY in self._opposite and is_answer(text)
        return not lives if turned else lives
