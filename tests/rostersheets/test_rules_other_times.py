"""Which sheets hold a list of another time, by their names alone."""

import pytest

from baodao.rostersheets.rules.other_times import of_other_times


@pytest.mark.parametrize(
    ("titles", "old"),
    [
        ("2024年 2025年 2026年", "2024年 2025年"),
        ("党员名册2025.12 党员名册2026.06", "党员名册2025.12"),
        ("9月 10月", "9月"),
        ("第一党支部2025年 第二党支部2026年", ""),
        ("在职2026 离退休2025", ""),
        ("花名册 2024年", "2024年"),
        ("花名册 2026年", ""),
        ("花名册 2024年新增", ""),
        ("2024年新增 2024年", ""),
        ("名册 名册（旧） 旧名册 作废 去年 备份", "名册（旧） 旧名册 作废 去年 备份"),
        ("旧名册", ""),
        ("旧县镇 第一党支部", ""),
        ("老干部 在职", ""),
        ("Sheet1 Sheet2", ""),
        ("1 2", ""),
    ],
)
def test_a_list_of_another_time_is_known_by_its_name(titles: str, old: str) -> None:
    assert of_other_times(titles.split(), 2026) == set(old.split())
