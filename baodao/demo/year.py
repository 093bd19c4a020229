"""What the demo city did in a year, as plain plans: themes, activities, posts, needs."""

from dataclasses import dataclass

THEMES = {
    1: ("走访慰问月", "节前看望独居老人和困难家庭"),
    2: ("邻里团圆月", "写春联、送年货、安全用火提醒"),
    3: ("学雷锋志愿月", "便民维修、义诊、理发"),
    4: ("环境清洁月", "楼道、绿地和非机动车整治"),
    5: ("民法典宣传月", "婚姻家庭、相邻关系、防诈骗"),
    6: ("安全生产月", "电动自行车充电、消防通道"),
    7: ("党员奉献月", "设岗定责、双报到集中服务"),
    8: ("暑期关爱月", "看护、防溺水、课业辅导"),
    9: ("文明创建月", "文明出行、垃圾分类"),
    10: ("敬老月", "陪诊、手机使用、居家适老"),
    11: ("消防宣传月", "隐患排查、灭火器使用"),
    12: ("反馈述评月", "年度反馈、下一年项目征集"),
}


@dataclass(frozen=True)
class ActivityPlan:
    """An activity that comes again: minutes it takes, places it has; `hour` where it is not held
    at any hour of the day, `by_unit` where a unit holds it."""

    title: str
    category: str
    place: str
    minutes: int
    places: int
    specialties: str = ""
    bring: str = ""
    hour: int | None = None
    by_unit: bool = False


EVENTS = (
    ActivityPlan("楼道杂物清理", "environment", "3、5、7号楼", 120, 20, bring="手套、水杯"),
    ActivityPlan(
        "义诊和用药咨询", "convenience", "社区服务站", 150, 12, "医疗、护理", "听诊器、血压计"
    ),
    ActivityPlan("防诈骗入户宣传", "policy", "各网格", 90, 16, by_unit=True),
    ActivityPlan("绿地捡拾和补种", "environment", "社区南侧绿地", 120, 18, bring="手套"),
    ActivityPlan("小家电义务维修", "convenience", "社区小广场", 180, 8, "电工、家电维修"),
    ActivityPlan("文明过路口引导", "civility", "小学门前路口", 60, 10),
    ActivityPlan("夜间平安巡逻", "patrol", "辖区主要道路", 90, 12, hour=19),
    ActivityPlan("邻里文艺晚会", "culture", "社区活动室", 150, 16, "文艺、主持", hour=19),
    ActivityPlan("法律咨询进社区", "policy", "社区服务站", 120, 6, "法律"),
    ActivityPlan("走访困难家庭", "relief", "入户", 120, 10),
)


@dataclass(frozen=True)
class Post:
    """A standing post and how it is done."""

    title: str
    category: str
    schedule: str
    specialties: str
    places: int
    minutes: int
    result: str


POSTS = (
    Post("法律咨询岗", "policy", "每周六 9:00–11:00", "法律", 3, 120, "解答租赁、继承等咨询"),
    Post("环境义务岗", "environment", "每周三傍晚", "", 6, 60, "清理公共区域杂物"),
    Post("邻里互助岗", "convenience", "随叫随到", "", 4, 90, "陪同就医、代办跑腿"),
    Post("纠纷调解岗", "mediation", "周二、周四晚", "调解、心理", 3, 90, "调解邻里纠纷"),
    Post("平安巡逻岗", "patrol", "每晚 20:00–21:30", "", 5, 90, "夜间巡逻，排查隐患"),
)

NEEDS = (
    ("3号楼独居老人需要人陪着去医院复查", "convenience", "soon", "3号楼", "visit"),
    ("小学放学时路口没有人看护，车多", "civility", "urgent", "小学门前路口", "link"),
    ("打印机不会用，想学一学", "convenience", "normal", "2号楼", "window"),
    ("楼道堆了很多杂物，推不过轮椅", "environment", "soon", "7号楼1单元", "grid"),
    ("想给孩子找一位辅导作业的老师", "convenience", "normal", "9号楼", "link"),
    ("楼上漏水一直谈不拢，请帮忙调解", "mediation", "urgent", "5号楼", "window"),
    ("老人手机被骗过，希望有人上门讲讲怎么防", "policy", "soon", "6号楼", "visit"),
    ("小区路灯坏了两盏，晚上看不清", "patrol", "soon", "东门", "link"),
    ("遗嘱怎么写才有效，想问问懂法律的人", "policy", "normal", "1号楼", "window"),
    ("轮椅上下台阶不方便，想装一段坡道", "relief", "soon", "4号楼", "grid"),
    ("活动室乐器没有人教", "culture", "normal", "社区活动室", "link"),
    ("家里电路老跳闸，请懂电的人看看", "convenience", "urgent", "8号楼", "window"),
)

UNMET = "需要产权单位维修，已转市政部门，预计下季度实施。"


@dataclass(frozen=True)
class Plan:
    """What one community does: since how many days, activities and needs a month, its posts."""

    home: str
    began: int
    activities: int = 0
    crowd: tuple[int, int] = (4, 8)
    posts: int = 0
    needs: int = 1
    theme: bool = False
    looked_after: float = 0.8
    """How many of its needs somebody has looked at by now."""


PLANS = (
    Plan("柳荫社区", 228, 2, (9, 18), 5, 4, theme=True),
    Plan("和顺路社区", 250, 2, (8, 16), 4, 3, theme=True),
    Plan("镜湖社区", 140, 1, (6, 10), 3, 3, theme=True),
    Plan("石桥社区", 190, 1, (4, 8), 2, 2),
    Plan("北门社区", 150, 1, (4, 8), 2, 2),
    Plan("云水社区", 170, 1, (3, 6), 1, 2),
    Plan("荷塘社区", 110, 1, (3, 6), 1, 2),
    Plan("望江社区", 130, 0, (3, 5), 1, 2),
    Plan("码头社区", 95, looked_after=0.3),
    Plan("井亭社区", 80, looked_after=0.3),
    Plan("旧埠社区", 60, looked_after=0.3),
)
"""The last three have needs and nobody yet who helps."""
