"""Invented persons: names with the surnames and characters that software stumbles over, valid
identity numbers of an area that does not exist, telephones of a series that is not given out."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from baodao.people.facts import BY_NAME
from baodao.people.rules.identity import check_digit

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁"
    "蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江"
    "尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常单解仇乐查区盖缪翟"
)
DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "尉迟", "皇甫")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MALE = _words("""
    伟 强 磊 军 勇 杰 涛 超 明 刚 平 辉 鹏 华 飞 鑫 波 斌 宇 浩 凯 健 俊 帆 帅 旭 宁 龙 林 毅
    建国 建华 志强 志国 立群 海波 一鸣 文博 子轩 浩然 俊杰 宇航 晓东 晓宇 国栋 振华 永强
    卫东 德明 家豪 思远 天宇 嘉诚 明哲 喆 堃 昇 犇 世昌 景行 泽宇 博文 长河 书恒 春生 庆丰
    守正 敬之 向阳 承志 云飞 立新 广平 树声 知行
""")
FEMALE = _words("""
    芳 娜 敏 静 丽 艳 娟 霞 玲 燕 萍 红 洁 梅 琳 颖 婷 雪 慧 莉 丹 倩 佳 莹 欣 悦 蕾
    淑芬 秀英 桂兰 玉兰 丽华 晓燕 晓梅 海燕 春梅 雅琴 思雨 雨桐 梓涵 诗涵 欣怡 佳怡 梦琪
    子涵 若曦 语嫣 静怡 文静 婉清 书瑶 令仪 明月 云舒 惠敏 素贞 金凤 月华 念慈 采薇 怀瑾
    亦菲 小满 知夏 安然 宛如 淑贞 美玲 爱华 琼 䶮
""")
POSITIONS = _words("""
    科员 一级主任科员 二级主任科员 三级主任科员 四级主任科员 副科长 科长 主任 副主任 干事
    工程师 高级工程师 助理工程师 会计 技术员 教师 医师 护士 讲解员 窗口负责人
""")
SPECIALTIES = _words("""
    法律 医疗 心理疏导 计算机 家电维修 水电维修 财会 写作 书法 摄影 摄像 音乐 声乐 舞蹈 外语
    手语 园艺 烹饪 理发 急救 消防 课业辅导 体育 调解 主持
""")
INTERESTS = _words("""
    阅读 跑步 羽毛球 乒乓球 太极拳 骑行 登山 摄影 书法 围棋 象棋 园艺 烹饪 合唱 手工
""")
WISHES = _words("""
    政策宣传 文明倡导 环境整治 便民服务 扶贫济困 矛盾调解 平安巡逻 文体活动 课后看护 陪诊助老
""")
FREE_TIMES = _words("工作日晚上 周末上午 周末下午 周末 周六上午 周日下午 节假日")
GARDENS = _words("""
    柳荫里 静安苑 春晓园 望江居 文华里 和顺园 松竹苑 新桥里 光明里 锦绣园 书香苑 澄湖里
""")
EDUCATIONS = {"大学本科": 58, "硕士研究生": 20, "大学专科": 18, "博士研究生": 2, "高中": 2}
ETHNICITIES = {"汉族": 94, "回族": 3, "满族": 2, "壮族": 1}


@dataclass(frozen=True)
class Invented:
    """The facts of one invented person, as a roster would hold them."""

    name: str
    sex: str
    born_on: date
    id_number: str
    phone: str
    joined_on: date
    position: str
    specialty: str
    interests: str
    wishes: str
    free_times: str
    address: str
    education: str
    ethnicity: str


class Inventor:
    """Makes persons, one after the other, the same for the same seed and day."""

    def __init__(self, seed: int, today: date) -> None:
        self.seed = seed
        self.random = random.Random(seed)  # noqa: S311 — a story, not a secret
        self.today = today
        self._numbers: Counter[tuple[date, str]] = Counter()
        self._phones = 0
        self._taken: set[str] = set()

    def person(
        self, *, name: str = "", sex: str = "", retired: bool = False, unique: bool = True
    ) -> Invented:
        """One more person; `unique` names differ from all given out before."""
        rng = self.random
        if name:
            sex = sex or ("f" if name[-1] in "静敏娟芳梅" else "m")
            self._taken.add(name)
        else:
            name, sex = self._name(unique)
        age = rng.randint(60, 84) if retired else rng.randint(24, 58)
        born_on = self.today - timedelta(days=age * 365 + rng.randrange(365))
        joined_on = born_on + timedelta(days=rng.randint(19, 36 if retired else min(age, 34)) * 365)
        return Invented(
            name=name,
            sex=sex,
            born_on=born_on,
            id_number=self._id_number(born_on, sex),
            phone=self._phone(),
            joined_on=min(joined_on, self.today - timedelta(days=400)),
            position="" if retired else rng.choice(POSITIONS),
            specialty=_kept("specialty", rng.sample(SPECIALTIES, rng.choice((0, 1, 1, 1, 2)))),
            interests=_kept("interests", rng.sample(INTERESTS, rng.choice((0, 1, 2)))),
            wishes=_kept("wishes", rng.sample(WISHES, rng.choice((0, 1, 1, 2)))),
            free_times=_kept("free_times", rng.sample(FREE_TIMES, rng.choice((0, 1, 2)))),
            address=f"{rng.choice(GARDENS)}{rng.randint(1, 28)}号楼{rng.randint(1, 4)}单元"
            f"{rng.randint(1, 17)}0{rng.randint(1, 4)}室",
            education=_weighted(rng, EDUCATIONS),
            ethnicity=_weighted(rng, ETHNICITIES),
        )

    def like(self, template: Invented) -> Invented:
        """Somebody with these facts, but a name and numbers of their own; names may repeat."""
        name, sex = self._name(unique=False)
        return replace(
            template,
            name=name,
            sex=sex,
            id_number=self._id_number(template.born_on, sex),
            phone=self._phone(),
        )

    def _name(self, unique: bool) -> tuple[str, str]:
        rng = self.random
        while True:
            sex = "f" if rng.random() < 0.44 else "m"
            surname = rng.choice(DOUBLE_SURNAMES) if rng.random() < 0.006 else rng.choice(SURNAMES)
            given = rng.choice(FEMALE if sex == "f" else MALE)
            if len(given) == 1 and rng.random() < 0.35:
                given = rng.choice(("晓", "文", "志", "雅", "思", "海", "小", "一")) + given
            name = surname + given
            if not unique:
                return name, sex
            if name not in self._taken:
                self._taken.add(name)
                return name, sex

    def _id_number(self, born_on: date, sex: str) -> str:
        count = self._numbers[born_on, sex]
        self._numbers[born_on, sex] += 1
        order = count % 500 * 2 + (sex == "m")
        seventeen = f"{990101 + count // 500}{born_on:%Y%m%d}{order:03d}"
        return seventeen + check_digit(seventeen)

    def _phone(self) -> str:
        self._phones += 1
        return f"199{self._phones:08d}"


def _kept(fact: str, words: list[str]) -> str:
    """Words as they are kept in a fact."""
    return BY_NAME[fact].text("、".join(words))


def _weighted(rng: random.Random, weights: Mapping[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
