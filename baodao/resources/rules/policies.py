"""What kinds of resources units have, with other words that say the same, by which a resource and a
need find each other; and what authorities add to them."""

from baodao.kernel.choice_lists import choice_list
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.dictionaries import WordList
from baodao.orgs.rules.policies import COMMUNITIES, UNITS
from baodao.orgs.rules.tree import PLACES

HEADING = gettext_noop("Lists of resources, needs and projects")

KINDS = choice_list(
    """
    场地 = 场所 会议室 | 礼堂 活动室 停车场 停车位 操场 球场 多功能厅 借用场地 地方不够
    车辆 = 用车 大巴 | 客车 货车 接送 运送 搬运
    专家 = 讲师 专业人员 | 专家 教师 医生 律师 工程师 讲座 义诊 咨询 授课
    设备 = 器材 | 音响 投影 电脑 打印 相机 工具 仪器
    物资 = 物品 | 慰问品 图书 书籍 桌椅 衣物 文具 米面
    课程 = 培训 | 课堂 讲课 辅导 学习班
    志愿者 = 人手 志愿服务队 | 义工 帮手 缺人
    就业岗位 = 岗位 | 招聘 实习 见习 就业
    资金 = 经费 | 捐款 助学金 资助
    其他 =
    """
)

MORE_KINDS = WordList(
    key="resource.more_kinds",
    question=gettext_noop("Kinds of resources offered beside the usual ones"),
    default=(),
    levels=frozenset(PLACES),
    at=UNITS | COMMUNITIES,
)

POLICIES = (MORE_KINDS,)
