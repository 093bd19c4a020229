"""A round on paper."""

from django.utils import translation
from django.utils.translation import gettext

from baodao.documents import files
from baodao.documents.files import Rendered
from baodao.documents.sheets import Item
from baodao.opinions.models import OpinionAnswer, OpinionRound
from baodao.opinions.queries.rounds import result_of
from baodao.opinions.rules.papers import OPINION_SUMMARY
from baodao.opinions.rules.rounds import LineTotal, OpinionMark
from baodao.orgs.queries.periods import names_at
from baodao.ui.wording import period_words


def summary(row: OpinionRound, ending: str) -> Rendered:
    """征求意见汇总表 of a round as pdf, docx or xlsx."""
    return files.render(OPINION_SUMMARY.code, [summary_item(row)], ending)


def summary_item(row: OpinionRound) -> Item:
    """What stands on it: who asked by the name of that day, marks line by line, words with what
    became of them."""
    result = result_of(row)
    with translation.override("zh-hans"):
        counts = [_line(total) for total in result.lines or ()]
        return {
            "opinion_asker": names_at([row.asker_id], row.asked_at)[row.asker_id],
            "opinion_audience": row.get_audience_display(),
            "opinion_period": period_words(row.period),
            "opinion_counts": f"发出{result.sent}份，收回{result.count}份。" + "；".join(counts),
            "rows": [_words(one) for one in result.answers if one.text],
        }


def _line(total: LineTotal) -> str:
    marks = [
        f"{gettext(mark.words)}{count}"
        for mark, count in zip(OpinionMark, total.counts, strict=True)
    ]
    return f"{gettext(total.question.words)}：{'、'.join(marks)}"


def _words(row: OpinionAnswer) -> Item:
    return {
        "opinion_name": who(row),
        "opinion_text": row.text,
        "opinion_reply": row.reply,
        "opinion_settled": settled_words(row),
    }


def who(row: OpinionAnswer) -> str:
    """Who gave an opinion; nobody's name where they gave none."""
    if row.sheet is None:
        return gettext("Without a name")
    if row.sheet.organisation is None:
        return row.name
    return f"{row.sheet.organisation.name} {row.name}"


def settled_words(row: OpinionAnswer) -> str:
    """What was said when it was asked whether it is settled."""
    if row.settled is None:
        return gettext("Not said yet") if row.replied_at else ""
    if row.settled:
        return gettext("Settled")
    return "：".join(filter(None, (gettext("Not settled"), row.missing)))
