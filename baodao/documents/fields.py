"""The named facts of official papers, with their Chinese labels.

Field names are the contract between the facts of the upper slices, our own layouts and the Word
layouts that a tenant makes: the same name means the same thing in every form.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["text", "day", "month", "figure"]

VERIFY_URL = "verify_url"
"""The item key that holds the address behind the verifying code; no field of its own."""

ISSUER = "issuer"
"""The item key that holds whose paper it is (`Issuer`); no field of its own."""


@dataclass(frozen=True)
class Issuer:
    """The organisation whose paper it is, and the instant of which it is."""

    organisation_id: int
    at: datetime


@dataclass(frozen=True)
class Field:
    """A named fact: how it is called on paper, how it is written, how wide its blank is.

    A field with a `phrase` need not be given: the phrase, with its own fields, stands in its place.
    `options` are what a blank form offers to be ticked; the value is a list of the same.
    """

    name: str
    label: str
    kind: Kind = "text"
    width: int = 8
    phrase: str = ""
    options: tuple[str, ...] = ()


def _boxes(*words: str) -> tuple[str, ...]:
    return tuple(f"（　）{word}" for word in words)


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("name", "姓名"),
        Field("sex", "性别", width=4),
        Field("ethnicity", "民族", width=4),
        Field("born_on", "出生年月", "month"),
        Field("joined_on", "入党时间", "month"),
        Field("grade", "党员类别"),
        Field("standing", "人员状态"),
        Field("education", "学历"),
        Field("position", "职务"),
        Field("specialty", "专业特长"),
        Field("interests", "兴趣爱好"),
        Field("wish", "服务意愿"),
        Field("free_times", "可服务时间"),
        Field("address", "家庭住址", width=16),
        Field("phone", "联系电话", width=10),
        Field("workplace", "工作单位", width=14),
        Field("unit", "单位党组织", width=14),
        Field("branch", "所在党支部", width=12),
        Field("unit_contact", "单位联系人", width=5),
        Field("unit_phone", "单位联系电话", width=7),
        Field("unit_address", "单位地址", width=16),
        Field("unit_kind", "单位性质"),
        Field("parent", "上级党组织", width=14),
        Field("secretary", "党组织书记"),
        Field("secretary_phone", "书记电话"),
        Field("branches", "党支部数", "figure", 4),
        Field("members", "党员总数", "figure", 4),
        Field("in_service", "在职党员数", "figure", 4),
        Field("reported", "到社区报到党员数", "figure", 4),
        Field("resources", "可提供的资源和服务", width=20),
        Field("needs", "希望社区支持的事项", width=20),
        Field("community", "报到地党组织", width=14),
        Field("community_contact", "社区联系人", width=5),
        Field("community_phone", "社区联系电话", width=7),
        Field("community_opinion", "社区党组织意见", width=16),
        Field("unit_opinion", "单位党组织意见", width=16),
        Field("grid", "编入网格"),
        Field("team", "编入服务队"),
        Field("posts", "认领岗位", width=12),
        Field("number", "编号", width=8),
        Field("issued_on", "开具日期", "day"),
        Field("presented_on", "提交日期", "day"),
        Field("accepted_on", "报到日期", "day"),
        Field("organisation", "填报单位", width=14),
        Field("as_of", "统计截止日期", "day"),
        Field(
            "note",
            "说明",
            phrase="本单位共有在职党员{in_service}名，到社区报到党员{reported}名。",
        ),
        Field("sheet_name", "文书名称", phrase="服务记录单"),
        Field("volunteer_number", "志愿服务编号", width=8),
        Field("period", "起止时间", width=16),
        Field("records", "服务次数", "figure", 4),
        Field("time_served", "服务时长", width=8),
        Field("handler", "经办人", width=6),
        Field("offer_title", "活动名称", width=16),
        Field("table_title", "表名", phrase="自定统计表"),
        Field("period_line", "统计期间说明", width=0),
        Field("note_line", "表下说明", width=0),
        Field("offer_when", "活动时间", width=16),
        Field("offer_place", "活动地点", width=14),
        Field("served_year", "年度", width=4),
        Field("honour_title", "评选名称", width=14),
        Field("honour_issuer", "评定单位", width=14),
        Field("honour_from", "公示开始日期", "day"),
        Field("honour_until", "公示截止日期", "day"),
        Field("honour_changes", "名单调整说明", width=0),
        Field("honour_name", "姓名或单位名称", width=10),
        Field("honour_belongs", "所在党组织", width=14),
        Field("honour_verdict", "评定结果", width=8),
        Field("honour_to", "荣誉获得者", width=16),
        Field("honour_award", "荣誉名称", width=12),
        Field("time_earned", "累计存入时长", width=8),
        Field("time_spent", "累计使用时长", width=8),
        Field("time_left", "结余时长", width=8),
        Field("time_pending", "其中当晚入账", width=8),
        Field("booking_code", "查询码", width=14),
        Field("booked_service", "预约服务", width=14),
        Field("booked_with", "服务提供者", width=14),
        Field("booked_for", "预约时间", width=16),
        Field("booked_cost", "费用", width=10),
        Field("visitor", "预约人", width=8),
        Field("visitor_phone", "联系电话", width=10),
        Field("visit_place", "服务地点", width=16),
        Field("booking_notes", "备注", width=20),
        Field("booking_state", "办理状态", width=8),
        Field("booked_on", "登记日期", "day"),
        Field("venue_name", "阵地名称", width=14),
        Field("room_title", "活动室", width=10),
        Field("venue_address", "阵地地址", width=16),
        Field("venue_phone", "阵地电话", width=10),
        Field("venue_keeper", "管理单位", width=14),
        Field("ordered", "点单事项", width=20),
        Field("orderer", "点单人", width=8),
        Field("ordered_on", "点单日期", "day"),
        Field("order_place", "服务地点", width=14),
        Field("order_content", "派单内容", width=20),
        Field("dispatched_on", "派单日期", "day"),
        Field("order_takers", "接单党员或单位", width=16),
        Field("taken_on", "接单日期", "day"),
        Field("served_on", "服务日期", "day"),
        Field("order_word", "居民评价", width=8),
        Field("rated_on", "评价日期", "day"),
        Field("order_remark", "评价意见", width=20),
        Field("household_community", "建档社区", width=12),
        Field("household_name", "户主姓名", width=8),
        Field("household_phone", "联系电话", width=10),
        Field("household_grid", "所在网格", width=8),
        Field("household_grade", "帮扶等级", width=8),
        Field("household_filed_on", "建档日期", "day"),
        Field("household_kept_until", "保存至", "day"),
        Field("household_address", "家庭住址", width=16),
        Field("household_categories", "困难类别", width=16),
        Field("household_hardship", "困难情况", width=20),
        Field("household_basis", "建档依据", width=20),
        Field("household_measures", "帮扶措施", width=0),
        Field("household_story", "走访和帮扶", width=0),
        Field("help_group", "帮扶小组", width=12),
        Field("household_readings", "查阅记录", width=0),
        Field("reader_mark", "查阅标记", width=20),
        Field("occasion", "反馈事由", width=12),
        Field(
            "kinds",
            "活动类型",
            options=_boxes(
                *("政策宣传", "文明倡导", "环境整治", "疫情防控", "便民服务"),
                *("扶贫济困", "矛盾调解", "平安巡逻", "文体活动", "其他"),
            ),
        ),
        Field(
            "ways",
            "活动方式",
            options=_boxes("认领岗位", "组团服务", "菜单服务", "圆梦行动", "主题活动", "结对帮扶"),
        ),
        Field("judgement", "表现评价", width=20),
        Field("signer", "社区党组织书记", width=8),
        Field("signed_on", "签发日期", "day"),
        Field("opinion_on", "意见日期", "day"),
        Field("served", "参加服务党员数", "figure", 4),
        Field("services", "服务人次", "figure", 4),
        Field(
            "service_note",
            "服务情况说明",
            phrase="本单位共有在职党员{in_service}名，参加服务{served}名，共{services}人次。",
        ),
        Field("own_services", "可提供的服务", width=20),
        Field("yearly_service", "全年服务", width=16),
        Field("own_words", "其他承诺", width=20),
        Field("committed_on", "承诺日期", "day"),
        Field("opinion_asker", "征求意见单位", width=12),
        Field("opinion_audience", "征求对象", width=10),
        Field("opinion_period", "征求时段", width=10),
        Field("opinion_counts", "征求情况", width=28),
        Field("opinion_name", "提出意见的单位或个人", width=12),
        Field("opinion_text", "意见建议", width=20),
        Field("opinion_reply", "办理情况", width=20),
        Field("opinion_settled", "回访结果", width=6),
        Field("allocation_counts", "测算结果", width=28),
        Field("allocation_former", "现联系社区"),
        Field("allocation_community", "拟联系社区"),
        Field("allocation_way", "距离"),
        Field("allocation_reason", "理由", width=20),
        Field("allocation_state", "办理情况"),
        Field("addressees", "主送", width=14),
        Field("community_signer", "社区签订人", width=8),
        Field("unit_signer", "单位签订人", width=8),
        Field("digest", "文本校验值", width=20),
        Field("agreement_end", "终止情况", width=20),
        Field("report_text", "正文", width=28),
        Field("report_signer", "签发人", width=8),
        Field("committee", "会议", width=14),
        Field("meeting_time", "时间", width=12),
        Field("meeting_spot", "地点", width=14),
        Field("minutes_text", "正文", width=28),
        Field("submitted_on", "报送日期", "day"),
        Field("compiler", "填表人", width=6),
        Field("reviewer", "审核人", width=6),
        Field("compiled_on", "填表日期", "day"),
    )
}
