"""What the words in a register mean: how somebody belongs, what is difficult, which grade."""

import re
from collections.abc import Mapping

from baodao.residents.rules.households import Relation, SupportGrade
from baodao.rostersheets.rules.exit_words import ExitKind, exit_in
from baodao.spreadsheets.cells import compact, note_of

_RELATIONS: Mapping[Relation, str] = {
    Relation.HEAD: "户主 本人 户主本人",
    Relation.SPOUSE: "配偶 妻 妻子 丈夫 夫 夫妻 爱人 老伴",
    Relation.CHILD: "子 女 儿子 女儿 子女 儿 长子 次子 三子 四子 长女 次女 三女 四女 独生子 独生女 "
    "独子 独女 养子 养女 继子 继女",
    Relation.PARENT: "父 母 父亲 母亲 父母 养父 养母 继父 继母",
    Relation.GRANDCHILD: "孙 孙子 孙女 外孙 外孙子 外孙女 孙辈 孙子女 外孙子女",
    Relation.OTHER: "其他 其它 其他亲属 亲属 非亲属 兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 "
    "儿媳 女婿 岳父 岳母 公公 婆婆 祖父 祖母 爷爷 奶奶 外公 外婆 外祖父 外祖母 "
    "侄 侄子 侄女 外甥 外甥女 "
    "重孙 曾孙 监护人",
}
_GRADES: Mapping[SupportGrade, str] = {
    SupportGrade.CLOSE: "重点帮扶 重点 重点关注 重点户",
    SupportGrade.REGULAR: "经常联系 经常 经常走访",
    SupportGrade.LIGHT: "一般关注 一般 一般户",
}
_CATEGORIES: Mapping[str, str] = {
    "minimum": "低保 低保户 低保对象 低保家庭 最低生活保障 最低生活保障对象 享受低保 "
    "城市低保 农村低保",
    "destitute": "特困 特困户 特困供养 特困人员 特困供养人员 五保 五保户 分散供养",
    "margin": "低保边缘 低保边缘户 低保边缘家庭 边缘户 低收入 低收入家庭 低收入户",
    "illness": "大病 重病 重大疾病 家有重病人 重病户 大病家庭 因病致贫 慢性病",
    "disability": "残疾 残疾人 残疾家庭 重残 重度残疾 家有残疾人 残疾户 一户多残",
    "alone": "独居老人 空巢老人 孤寡老人 独居 空巢 孤寡 高龄独居 独居高龄老人 空巢独居老人",
    "child": "困境儿童 孤儿 留守儿童 事实无人抚养儿童 困境儿童家庭",
    "bereaved": "失独 失独家庭 失独老人 计划生育特殊家庭 计生特殊家庭",
    "veteran": "退役军人 军属 烈属 优抚 优抚对象 退役军人或军烈属 军烈属 退役军人家庭",
    "jobless": "失业 失业家庭 零就业 零就业家庭 下岗 全家无人就业",
    "other": "其他 其它 其他困难 其他困难家庭",
}
_PARTS = re.compile(r"[、,，;；/+＋\n]|(?:\s+)")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


_RELATION_OF = {word: code for code, words in _RELATIONS.items() for word in words.split()}
_GRADE_OF = {word: code for code, words in _GRADES.items() for word in words.split()}
_CATEGORY_OF = {word: code for code, words in _CATEGORIES.items() for word in words.split()}


def relation_of(text: str) -> Relation | None:
    """How somebody belongs to the head of a household; None for a word that is not known."""
    return _RELATION_OF.get(compact(_BRACKETS.sub("", text)))


def grade_of(text: str) -> SupportGrade | None:
    """The grade of support that a cell tells; None for a word that is not known."""
    return _GRADE_OF.get(compact(text))


def categories_of(text: str, own: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The difficulties that a cell tells, as codes, and the words of which none is known; `own` are
    the difficulties in force, codes with the words by which pages call them."""
    called = {compact(word): code for code, word in own.items()}
    known: list[str] = []
    unknown: list[str] = []
    whole = note_of(text, 200)
    parts = [whole] if compact(whole) in called else _PARTS.split(whole)
    for part in filter(None, (compact(one) for one in parts)):
        code = called.get(part) or _CATEGORY_OF.get(_BRACKETS.sub("", part))
        if code is not None and code in own:
            known.append(code)
        else:
            unknown.append(part)
    return list(dict.fromkeys(known)), unknown


_MOVED = re.compile(
    r"(?:(?:[12]\d{3}年)?(?:\d{1,2}月)?(?:全[家户])?(?:已经?|现)?(?:搬[走离出]|迁[走出]|搬家)(?:了|本社区|本辖区)?"
    r"|(?:户口)?已?迁出.{0,8}|[已现]?不在(?:此|本社区|本辖区|本地)(?:居住|住)?|已搬.{0,8})"
)


def is_gone(text: str) -> bool:
    """Whether a remark says that somebody is dead or lives elsewhere by now: 已去世, 2025年搬走."""
    sign = exit_in(text)
    return (sign is not None and sign.kind is ExitKind.DIED) or bool(
        _MOVED.fullmatch(compact(text))
    )
