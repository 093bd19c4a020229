"""The words by which rosters tell standing, grade, sex, and yes or no."""

import re
from dataclasses import dataclass
from functools import lru_cache

from baodao.people.rules.standing import Grade, Standing
from baodao.spreadsheets.cells import ERRORS, NOTHING, compact

IN_SERVICE = Standing.IN_SERVICE
RETIRED = Standing.RETIRED
SECONDED = Standing.SECONDED
ELSEWHERE = Standing.ELSEWHERE
PROBATIONARY = Grade.PROBATIONARY

STANDINGS: dict[str, Standing] = {
    **dict.fromkeys(
        [
            *("在职", "在岗", "是", "在编", "在职在岗", "在岗在职", "在职党员", "在职人员", "现职"),
            *("在职在编", "在编在岗", "在册", "在校", "在任", "正常", "在岗职工", "在职职工"),
            *("y", "yes", "√", "✓", "✔", "1", "true", "inservice", "active", "employed"),
            *("聘用", "合同制", "编外", "试用", "返聘在岗", "在职干部", "在"),
            *("在职不在岗", "劳务派遣", "聘用制", "临聘", "试用期", "病休", "产假", "脱产学习"),
            *("长期病休", "长病", "病假", "长病假", "长期病假"),
        ],
        IN_SERVICE,
    ),
    **dict.fromkeys(
        [
            *("退休", "离退休", "离休", "已退休", "退休党员", "离退休党员", "退休人员", "离退"),
            *("退休干部", "退休职工", "离退休干部", "离退休人员", "离退休职工", "退休返聘", "返聘"),
            *("离岗退养", "内退", "退养", "病退", "提前退休", "退居二线", "退职", "离岗", "不在职"),
            *("已退", "已退养", "已离休", "已离退休"),
            *("否", "n", "no", "×", "x", "✗", "0", "false", "retired", "非在职", "退"),
        ],
        RETIRED,
    ),
    **dict.fromkeys(
        [
            *("借调", "借用", "挂职", "外派", "抽调", "驻村", "援派", "援藏", "援疆", "派驻"),
            *("借出", "借调在外", "挂职锻炼", "选派", "帮扶驻村", "借调外单位", "seconded"),
        ],
        SECONDED,
    ),
    **dict.fromkeys(
        [
            *("外地", "居住外地", "异地", "异地居住", "在外", "外出", "外出流动", "流动"),
            *(
                "流动党员",
                "驻外",
                "长期在外",
                "常住外地",
                "居住在外地",
                "外出务工",
                "出国",
                "出国(境)",
            ),
            *("国外", "境外", "长期出国", "长期在国外", "出国定居", "elsewhere", "abroad"),
        ],
        ELSEWHERE,
    ),
}
GRADES: dict[str, Grade] = {
    **dict.fromkeys(
        ["正式", "正式党员", "中共党员", "党员", "中共正式党员", "共产党员", "full", "转正"],
        Grade.FULL,
    ),
    **dict.fromkeys(
        ["预备", "预备党员", "中共预备党员", "预备期", "预备期党员", "probationary"],
        Grade.PROBATIONARY,
    ),
}
SEXES = {
    **dict.fromkeys(["男", "男性", "m", "male", "男士"], "m"),
    **dict.fromkeys(["女", "女性", "f", "female", "女士"], "f"),
}
YES_NO = {
    **dict.fromkeys(["是", "有", "y", "yes", "√", "✓", "✔", "1", "true", "本市", "本地"], True),
    **dict.fromkeys(["市内", "在本市", "本市居住", "居住本市", "在本市居住", "市区", "城区"], True),
    **dict.fromkeys(["否", "无", "n", "no", "×", "x", "✗", "0", "false", "外地", "外市"], False),
    **dict.fromkeys(["不在本市", "非本市", "市外", "异地", "居住外地", "省外", "外省"], False),
}
ANSWERS = {
    **dict.fromkeys(["是", "有", "y", "yes", "√", "✓", "✔", "1", "true", "对"], True),
    **dict.fromkeys(["否", "不是", "n", "no", "×", "x", "✗", "0", "false"], False),
}
EITHER = re.compile(r"[、,/;]|或")
MARKS = re.compile(r"[()（）\[\]【】、,，/;；:：+＋·\-—_。.]+")
WITHIN = [
    (word, meaning)
    for word, meaning in [*STANDINGS.items(), *GRADES.items()]
    if len(word) > 1 and not word.isascii()
]


@dataclass(frozen=True, slots=True)
class Stand:
    """What a status cell says; None where it does not speak of it. `known` is False when no
    word in it was understood."""

    standing: Standing | None = None
    grade: Grade | None = None
    known: bool = True

    def over(self, other: "Stand") -> "Stand":
        """What this says, and what the other says of that of which this does not speak."""
        return Stand(self.standing or other.standing, self.grade or other.grade, self.known)

    def agrees(self, other: "Stand") -> bool:
        """Whether both say the same where both speak."""
        pairs = ((self.standing, other.standing), (self.grade, other.grade))
        return all(None in pair or pair[0] == pair[1] for pair in pairs)


@lru_cache(maxsize=4_096)
def stand_of(text: str) -> Stand:
    """Read a status or grade cell: 在职, 退休（返聘）, 在职正式党员, 预备党员/借调 …"""
    word = compact(text)
    if word in NOTHING and word != "无" and word not in ERRORS:
        return Stand()
    if word in STANDINGS:
        return Stand(standing=STANDINGS[word])
    if word in GRADES:
        return Stand(grade=GRADES[word])
    if {STANDINGS.get(one) for one in EITHER.split(word)} >= {IN_SERVICE, RETIRED}:
        return Stand(known=False)
    parts = [part for part in MARKS.split(word) if part]
    standing = next((STANDINGS[part] for part in parts if part in STANDINGS), None)
    grade = next((GRADES[part] for part in parts if part in GRADES), None)
    if standing is None and grade is None:
        standing, grade = _joined(word)
    return Stand(standing, grade, known=standing is not None or grade is not None)


def is_answer(text: str) -> bool:
    """Whether a cell says yes or no and nothing more."""
    return compact(text) in ANSWERS


def answered(stand: Stand, text: str, *, opposite: bool) -> Stand:
    """What a status cell says where the header asks: yes to 是否离退休 is the opposite of yes to
    是否在职; a word that says more than yes or no is never turned round."""
    yes = ANSWERS.get(compact(text))
    if yes is None or not opposite:
        return stand
    return Stand(standing=RETIRED if yes else IN_SERVICE)


def graded(stand: Stand, text: str, *, opposite: bool) -> Stand:
    """What a grade cell says: yes to 是否正式党员 is a full member, to 是否预备党员 is not."""
    yes = ANSWERS.get(compact(text))
    return stand if yes is None else Stand(grade=Grade.FULL if yes != opposite else PROBATIONARY)


def _joined(word: str) -> tuple[Standing | None, Grade | None]:
    """Words written together, 在职正式党员: all of it must be understood."""
    standing: Standing | None = None
    grade: Grade | None = None
    rest = word
    for known, meaning in sorted(WITHIN, key=lambda pair: -len(pair[0])):
        if known not in rest:
            continue
        rest = rest.replace(known, "", 1)
        if isinstance(meaning, Standing):
            standing = standing or meaning
        elif isinstance(meaning, Grade):
            grade = grade or meaning
    understood = not rest or rest in {"的", "党员", "人员", "中"}
    return (standing, grade) if understood else (None, None)


@lru_cache(maxsize=1_024)
def sex_of(text: str) -> str:
    """`m`, `f`, or "" when the cell is empty or says something else."""
    return SEXES.get(compact(text), "")


@lru_cache(maxsize=1_024)
def yes_or_no(text: str) -> bool | None:
    """True, False, or None when the cell is empty or says something else."""
    word = compact(text)
    return YES_NO.get(word)
