"""Free text keeps what people see, and nothing else."""

import pytest

from baodao.ui.middleware import visible


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("陈晓宇，党员。", "陈晓宇，党员。"),
        ("第一行\r\n第二行\r第三行\u2028第四行", "第一行\n第二行\n第三行\n第四行"),
        ("a\tb", "a\tb"),
        ("张\u202e三\u202c", "张三"),
        ("\u200e李\u200f四\u2066王\u2069\u061c", "李四王"),
        ("零\u200b宽\ufeff度\u2060\u00ad", "零宽度"),
        ("铃\x07声\x1b[31m\x7f\x85", "铃声[31m"),
        ("半\ud800个", "半个"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
        ("标\U000e0041签", "标签"),
        ("", ""),
    ],
)
def test_what_nobody_sees_is_taken_out(text: str, kept: str) -> None:
    assert visible(text) == kept
    assert visible(kept) == kept
