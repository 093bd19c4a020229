"""Sheets that their own name calls a list of another time: 作废, 备份, 旧名册, 去年."""

import re

from baodao.spreadsheets.cells import compact

OLD = re.compile(
    r"作废|历史|^旧(?:的|[名花]|版|表|数据|$)|旧$|[(（]旧|备份|不用|停用|过期|废止|以前|[往去]年|上[年月]"
    r"|老(?:名[册单]|表)"
)


def is_called_old(title: str) -> bool:
    """Whether a sheet is called so."""
    return OLD.search(compact(title)) is not None
