"""Invented facts for every form, each value once, so that a text found is the value meant."""

from baodao.documents.catalogue import FORMS
from baodao.documents.fields import VERIFY_URL
from baodao.documents.form import Form

PERSON: dict[str, object] = {
    "period_line": "统计期间：2026年上半年",
    "note_line": "注：报到党员六名。",
    "name": "陈晓宇",
    "sex": "女",
    "ethnicity": "汉族",
    "born_on": "1986-03",
    "joined_on": "2008-06",
    "grade": "预备",
    "standing": "在岗",
    "education": "大学本科",
    "position": "二级主任科员",
    "specialty": "法律咨询",
    "interests": "长跑",
    "wish": "政策宣传",
    "free_times": "周六上午",
    "address": "柳荫街12号3单元402室",
    "phone": "199****1234",
    "workplace": "区城乡建设局",
    "unit": "区城建局机关党委",
    "branch": "第一党支部",
    "unit_contact": "邓敏",
    "unit_phone": "0990-1000001",
    "unit_address": "东岸大道1号",
    "unit_kind": "机关",
    "parent": "东岸区直机关工委",
    "secretary": "郑立",
    "secretary_phone": "0990-1000002",
    "branches": 12,
    "members": 120,
    "in_service": 70,
    "reported": 66,
    "resources": "会议室两间",
    "needs": "老旧小区改造的意见",
    "community": "柳荫社区党委",
    "community_contact": "安静",
    "community_phone": "0990-1000003",
    "community_opinion": "同意接收",
    "unit_opinion": "情况属实",
    "grid": "第三网格",
    "team": "应急服务队",
    "posts": "纠纷调解岗",
    "number": "〔2026〕007号",
    "issued_on": "2026-07-01",
    "presented_on": "2026-07-03",
    "accepted_on": "2026-07-05",
    "occasion": "防汛抢险",
    "ordered": "代买药品：降压药",
    "orderer": "何**",
    "ordered_on": "2026-07-06",
    "order_place": "9号楼2单元",
    "order_content": "代买药品，每日下午",
    "dispatched_on": "2026-07-07",
    "opinion_asker": "柳荫社区党委",
    "honour_title": "2026年度服务之星",
    "honour_issuer": "柳荫社区党总支",
    "honour_from": "2026年12月1日",
    "honour_until": "2026年12月8日",
    "honour_changes": "经核实，名单已作调整：增加郝一鸣。",
    "honour_name": "包玉兰",
    "honour_belongs": "区审计局机关党委第三党支部",
    "honour_verdict": "服务之星",
    "honour_award": "年度服务之星",
    "opinion_audience": "我们的联系单位",
    "opinion_period": "2026年下半年",
    "opinion_counts": "发出九份，收回八份。",
    "opinion_name": "区审计局机关党委 戴文",
    "opinion_text": "活动多放在周末",
    "opinion_reply": "下季度起排在周六上午",
    "opinion_settled": "已解决",
    "order_takers": "仇敏、区发改局机关党委",
    "taken_on": "2026-07-08",
    "served_on": "2026-07-09",
    "order_word": "满意",
    "rated_on": "2026-07-10",
    "order_remark": "送来得很及时",
    "kinds": ["（√）政策宣传", "（　）环境整治", "（√）防汛值守"],
    "ways": ["（√）组团服务", "（　）结对帮扶"],
    "judgement": "热心服务群众，随叫随到",
    "signer": "季书",
    "signed_on": "2026-12-20",
    "opinion_on": "2026-12-25",
    "organisation": "市直机关工委",
    "as_of": "2026-06-30",
    "volunteer_number": "V00000123",
    "period": "2026年1月1日至2026年6月30日",
    "records": 18,
    "time_served": "27小时30分钟",
    "handler": "艾文",
    "offer_title": "楼道清洁",
    "offer_when": "2026年7月4日 9:00至11:00",
    "offer_place": "3号楼前",
    "served_year": "2025",
    "served": 58,
    "services": 312,
    "addressees": "东岸区委组织部",
    "report_text": "一、基本情况",
    "report_signer": "郑签发",
    "committee": "柳荫社区大党委",
    "meeting_time": "2026年7月8日 15:00",
    "meeting_spot": "柳荫社区二楼会议室",
    "minutes_text": "一、电梯大修",
    "submitted_on": "2026-07-10",
    "own_services": "法律、摄影",
    "yearly_service": "不少于9次",
    "own_words": "每月走访邻里",
    "committed_on": "2026-01-15",
    "compiler": "戴文",
    "reviewer": "顾平",
    "compiled_on": "2026-07-02",
    "community_signer": "季书",
    "unit_signer": "邓敏",
    "digest": "0" * 64,
}
SHOWN = PERSON | {
    "born_on": "1986年3月",
    "joined_on": "2008年6月",
    "issued_on": "2026年7月1日",
    "presented_on": "2026年7月3日",
    "accepted_on": "2026年7月5日",
    "as_of": "2026年6月30日",
    "compiled_on": "2026年7月2日",
    "submitted_on": "2026年7月10日",
    "signed_on": "2026年12月20日",
    "committed_on": "2026年1月15日",
    "opinion_on": "2026年12月25日",
    "ordered_on": "2026年7月6日",
    "dispatched_on": "2026年7月7日",
    "taken_on": "2026年7月8日",
    "served_on": "2026年7月9日",
    "rated_on": "2026年7月10日",
    "kinds": "（√）防汛值守",
    "ways": "（√）组团服务",
}
URL = "http://localhost:8000/v/AbCdEfGhIjKlMnOpQrStUv/"
ROWS = [
    {
        "name": f"党员{index:02d}",
        "sex": "男",
        "branch": "第二党支部",
        "community": "石桥社区",
        "members": index,
        "accepted_on": "2026-05-04",
    }
    for index in range(1, 41)
]
CODES = tuple(FORMS)


def facts(form: Form) -> dict[str, object]:
    """Everything the form shows, rows included where it has a list."""
    item: dict[str, object] = {
        field.name: PERSON[field.name] for field in form.fields if not field.phrase
    }
    item[VERIFY_URL] = URL
    if form.tables:
        item["rows"] = ROWS
    return item


def values(form: Form) -> list[str]:
    """What the filled form must show."""
    return [str(SHOWN[field.name]) for field in form.fields if not field.phrase]
