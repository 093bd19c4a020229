"""One column's header taken apart: its core, its brackets, whose fact it is, whether it asks.

`身份证号（旧，作废）` is the core 身份证号 with a bracket that makes it a past fact; 配偶姓名 is
somebody else's; 在岗与否 asks the same as 是否在岗. What a core means is said by `headers`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from baodao.spreadsheets.cells import compact

SIMPLE = str.maketrans(
    "證號黨時間員聯繫電話機類別職務學歷專業長興愛狀態離現單內組織關係稱碼屬預備轉戶編崗與齡註區縣鎮"
    "鄉動數點參體領導絡國舊廢過經書記開結簽場項實際發給歲寫級處隊銜軍護個兩鐘頭禮週願",
    "证号党时间员联系电话机类别职务学历专业长兴爱状态离现单内组织关系称码属预备转户编岗与龄注区县镇"
    "乡动数点参体领导络国旧废过经书记开结签场项实际发给岁写级处队衔军护个两钟头礼周愿",
)
"""Traditional characters of header words, days and lengths of time."""

BRACKETS = re.compile(r"[(\[【{〔](.*?)[)\]】}〕]")
BRACKET_MARKS = re.compile(r"[()\[\]【】{}〔〕]+")
PUNCTUATION = re.compile(r"[\s*＊:：、,，.。/／\\|｜\-—_·\"'“”‘’?？#№]+")
OTHERS = re.compile(
    "配偶|爱人|丈夫|妻子|介绍人|联系人|紧急|子女|儿子|女儿|父亲|母亲|父母|家属|亲属|家庭成员|家长"
    "|监护人|书记|负责人|填表|填报|审核|经办|结对|帮扶|培养|单位电话|出生地|籍贯"
    "|服务对象|受助"
)
OTHERS_BRACKET = re.compile(r"^[父母夫妻子女]$")
PAST = re.compile("作废|曾用|停用|失效|注销|过期|废止|历史|以前|从前|(?:变更|转入|调入|升级)前")
PAST_CORE = re.compile(r"^(?:原|旧|前|曾)(?!则|因)")
PRESENT_CORE = re.compile(r"^(?:现在|现|目前|当前)的?")
PAST_BRACKET = re.compile(r"^(?:原|旧|前|老)|旧$")
INCLUDED = re.compile(r"含|包括|如有|或")
"""A bracket that only says what else may stand in the column."""

CONFIRMING = re.compile(r"^(?:党员)?本人|^自己|^现(?:行|用|在)?$|^新$|有效|最新")
LESSER = re.compile("备用|短号|座机|固话|固定|宅|家庭|办公|单位|第二|其他|其它|2$|二$")
QUESTION = re.compile(r"^(?:是否|是不是)(.+)$|^(.{2,}?)(?:与否|是否|否)$")
FILLERS = re.compile(r"^(?:已经|已|为|属于|属|是|现)+|(?:的|党员|人员|职工|员工|干部|同志)+$")


@dataclass(frozen=True)
class ColumnHeading:
    """A header in one form: `core` without brackets and marks, `notes` what its brackets hold.

    `question` is what a header asks in a canonical form, 在岗与否 → 是否在岗, or "". `core_reason`
    and `note_reason` say why the fact is not the person's own present one: `other`, `past`, or "".
    A bracket may confirm the fact (`confirmed`: 本人) or make it a lesser one (`lesser`: 短号).
    """

    core: str
    notes: tuple[str, ...]
    question: str
    core_reason: str
    note_reason: str
    confirmed: bool
    lesser: bool


def header_key(title: str) -> str:
    """The whole header, brackets included, as corrections of clerks are remembered by it."""
    return PUNCTUATION.sub("", compact(title).translate(SIMPLE))


@lru_cache(maxsize=4_096)
def heading_of(title: str) -> ColumnHeading:
    """Take a header of one level apart."""
    word = compact(title).translate(SIMPLE)
    notes = tuple(PUNCTUATION.sub("", note) for note in BRACKETS.findall(word))
    core = PUNCTUATION.sub("", BRACKET_MARKS.sub("", BRACKETS.sub("", word) or word))
    return ColumnHeading(
        core,
        notes,
        question_of(core),
        _core_reason(core),
        _note_reason(notes),
        any(map(CONFIRMING.search, notes)),
        any(map(LESSER.search, notes)),
    )


def question_of(core: str) -> str:
    """What a header asks, in one form: 在岗与否, 是否在岗党员 → 是否在岗; "" for no question."""
    match = QUESTION.match(core)
    if match is None:
        return ""
    body = match[1] or match[2]
    return f"是否{FILLERS.sub('', body) or body}"


def _core_reason(core: str) -> str:
    if OTHERS.search(core):
        return "other"
    return "past" if PAST.search(core) or PAST_CORE.match(core) else ""


def _note_reason(notes: tuple[str, ...]) -> str:
    telling = [note for note in notes if not INCLUDED.search(note)]
    if any(OTHERS.search(note) or OTHERS_BRACKET.match(note) for note in telling):
        return "other"
    return "past" if any(PAST.search(n) or PAST_BRACKET.search(n) for n in telling) else ""
