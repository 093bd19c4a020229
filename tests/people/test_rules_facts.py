"""Single facts as officials write them: numbers, names, dates, telephones."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.people.rules.dates import date_of
from baodao.people.rules.identity import check_digit, identity_of, upgraded
from baodao.people.rules.names import is_name, is_whole, name_of
from baodao.spreadsheets.cells import Cell
from baodao.spreadsheets.phones import phone_of, phones_of
from tests.rosters import sheets

GOOD = sheets.id_number(3, date(1980, 5, 1))
WITH_X = next(n for n in map(sheets.id_number, range(100)) if n.endswith("X"))
OLD = GOOD[:6] + GOOD[8:17]


@pytest.mark.parametrize(
    "cell",
    [
        GOOD,
        f"'{GOOD}",
        f"’{GOOD}",
        f" {GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}\u200b",
        "".join(chr(ord(c) + 0xFEE0) for c in GOOD),
        f'="{GOOD}"',
        "".join(chr(ord(c) + 0x0630) for c in GOOD),
        f"{GOOD[:6]}·{GOOD[6:14]}。{GOOD[14:]}",
        f"\u202d{GOOD}\u202c",
        OLD,
        float(OLD),
    ],
)
def test_an_id_number_is_read_however_it_was_typed(cell: Cell) -> None:
    identity = identity_of(cell)
    assert (identity.number, identity.fault) == (GOOD, "")
    assert (identity.sex, identity.born_on) == ("m", date(1980, 5, 1))


def test_a_small_x_is_the_large_one() -> None:
    assert identity_of(WITH_X.lower()).number == WITH_X


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("", "id-missing"),
        ("  ", "id-missing"),
        (float(GOOD), "id-precision-lost"),
        (int(GOOD), "id-precision-lost"),
        ("4.2E+17", "id-precision-lost"),
        ("4.20106E17", "id-precision-lost"),
        (GOOD[:15] + "000", "id-precision-lost"),
        (GOOD[:6] + "********" + GOOD[14:], "id-masked"),
        (GOOD[:6] + "XXXXXXXX" + GOOD[14:], "id-masked"),
        (GOOD[:10] + "＊＊＊＊", "id-masked"),
        (GOOD[:17], "id-length"),
        (GOOD + "1", "id-length"),
        ("C12345678", "id-length"),
        (GOOD[:17] + ("1" if GOOD[17] != "1" else "2"), "id-checksum"),
        (GOOD[:16] + "A" + GOOD[17], "id-checksum"),
        (GOOD[:6] + "19801301" + GOOD[14:], "id-checksum"),
    ],
)
def test_a_faulty_id_number_says_what_is_wrong(cell: Cell, fault: str) -> None:
    assert identity_of(cell).fault == fault


@given(st.from_regex(r"[1-9][0-9]{16}", fullmatch=True))
def test_the_check_digit_is_that_of_the_standard(body: str) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    assert check_digit(body) == "10X98765432"[total % 11]


@given(st.from_regex(r"[1-9][0-9]{16}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body: str, place: int, shift: int) -> None:
    changed = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
    assert check_digit(body) != check_digit(changed)


def test_an_old_number_belongs_to_the_last_century() -> None:
    assert upgraded("990101800501001")[6:14] == "19800501"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张 三", "张三"),
        ("张\u3000三", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("阿卜杜 ． 拉", "阿卜杜·拉"),
        ("John  Smith", "John Smith"),
        ("\u202d李四", "李四"),
        ("䶮𠮷", "䶮𠮷"),
    ],
)
def test_a_name_is_kept_as_it_should_be(cell: str, name: str) -> None:
    assert name_of(cell) == name
    assert is_name(name)


@pytest.mark.parametrize(
    "name", ["张", "张三1", "张三(预备)", "<b>张三</b>", "=1+1", "张三';--", "\ue000三", "张" * 31]
)
def test_what_is_no_name_is_refused(name: str) -> None:
    assert not is_name(name_of(name))


@pytest.mark.parametrize(
    "name",
    [
        *("师长江", "师傅山", "老舍", "苏小小", "孙老大"),
        *("王小", "阿书记", "孙〇", "安书记录", "米大夫人"),
    ],
)
def test_a_name_that_only_looks_like_a_form_of_address_is_whole(name: str) -> None:
    assert is_whole(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "孙某某",
            "某某人",
            "孙〇〇",
            "李书记",
            "李副书记",
            "欧阳副主任",
            "师师傅",
            "王女士",
            "小陈",
        ),
        *("老师", "主任", "小师傅", "老李同志", "张大爷", "司马奶奶", "石网格员", "李夫妇"),
    ],
)
def test_a_name_that_is_covered_or_stands_for_somebody_is_not_whole(name: str) -> None:
    assert is_name(name)
    assert not is_whole(name)


@pytest.mark.parametrize(
    ("cell", "on", "by_month"),
    [
        ("1980.05", date(1980, 5, 1), True),
        ("1980年5月", date(1980, 5, 1), True),
        ("198005", date(1980, 5, 1), True),
        (198005.0, date(1980, 5, 1), True),
        (1980.05, date(1980, 5, 1), True),
        (1980.11, date(1980, 11, 1), True),
        ("１９８０．１０", date(1980, 10, 1), True),
        ("١٩٨٠.١٠", date(1980, 10, 1), True),
        ("1980。5。1", date(1980, 5, 1), False),
        ("1980·05", date(1980, 5, 1), True),
        ("1980/5/1", date(1980, 5, 1), False),
        ("1980-05-01", date(1980, 5, 1), False),
        ("1980-05-01 00:00:00", date(1980, 5, 1), False),
        ("19800501", date(1980, 5, 1), False),
        ("1980年05月01日", date(1980, 5, 1), False),
        (29342.0, date(1980, 5, 1), False),
        ("二〇〇一年十二月", date(2001, 12, 1), True),
        ("一九九八年十月二十一日", date(1998, 10, 21), False),
    ],
)
def test_a_date_is_read_in_every_official_form(cell: Cell, on: date, by_month: bool) -> None:
    read = date_of(cell)
    assert read is not None
    assert (read.on, read.by_month) == (on, by_month)


@pytest.mark.parametrize(
    "cell",
    ["1980", "1980.13", "1980.02.30", "80.5", "5/1/1980", "待查", 1980.1, 1980.0, "18991201"],
)
def test_a_date_is_never_guessed(cell: Cell) -> None:
    assert date_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("19900001234", "19900001234"),
        (19900001234.0, "19900001234"),
        ("+86 199-0000-1234", "19900001234"),
        ("１９９００００１２３４", "19900001234"),
        ("0990-1234567/19900001234", "19900001234"),
        ("手机：19900001234", "19900001234"),
        ("0990-12345678", "099012345678"),
        ("1990000-1234", "19900001234"),
        ("١٩٩٠٠٠٠١٢٣٤", "19900001234"),
        ("199·0000·1234", "19900001234"),
        ("\u202d199 0000 1234\u202c", "19900001234"),
        ("+86 10 12345678", "01012345678"),
        ("0086 0990 1234567", "09901234567"),
        ("876-5432", "8765432"),
        ("0990-1234567转801", "09901234567-801"),
        ("0990-1234567-801", "09901234567-801"),
        ("+852 9123 4567", "+85291234567"),
        ("", ""),
        ("无", ""),
        ("1990000123", None),
        ("1.99E+10", None),
        ("12345", None),
    ],
)
def test_a_telephone_number_is_found_or_refused(cell: Cell, phone: str | None) -> None:
    assert phone_of(cell) == phone


@pytest.mark.parametrize(
    ("cell", "number", "others"),
    [
        ("19900001234\n0990-1234567", "19900001234", ("09901234567",)),
        ("0990-1234567\n19900001234", "19900001234", ("09901234567",)),
        ("19900001234\n19900005678", "19900001234", ("19900005678",)),
        ("19900001234 19900005678", "19900001234", ("19900005678",)),
        ("0990 1234567 19900005678", "19900005678", ("09901234567",)),
        ("199 0000 1234", "19900001234", ()),
        ("199 0000 1234、199 0000 5678", "19900001234", ("19900005678",)),
        ("19900001234，0990-1234567", "19900001234", ("09901234567",)),
        ("19900001234,0990-1234567", "19900001234", ("09901234567",)),
        ("办：0990-1234567 手机：19900001234", "19900001234", ("09901234567",)),
        ("办0990-1234567手机19900001234", "19900001234", ("09901234567",)),
        ("Tel. 0990-1234567 / Mobile 19900001234", "19900001234", ("09901234567",)),
        ("0990-1234567转801 19900001234", "19900001234", ("09901234567-801",)),
        ("19900001234（本人）、19900005678（配偶）", "19900001234", ("19900005678",)),
        ("家属：19900005678 本人：19900001234", "19900001234", ("19900005678",)),
        ("19900005678（家属）", "", ("19900005678",)),
        ("19900001234\n1990000567", "19900001234", ("1990000567",)),
        ("19900001234、无", "19900001234", ()),
        ("1990000123", None, ("1990000123",)),
        ("19900001234", "19900001234", ()),
        ("", "", ()),
    ],
)
def test_several_numbers_of_a_cell_are_all_told(
    cell: Cell, number: str | None, others: tuple[str, ...]
) -> None:
    assert phones_of(cell) == (number, others)
    assert phone_of(cell) == number
