"""One masking of telephones and one of identity numbers: what of each a screen may show."""

import pytest

from baodao.kernel.masks import masked_contact, masked_id, masked_name, masked_numbers, masked_phone


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        ("19900001234", "199****1234"),
        ("+86 199 0000 1234", "199****1234"),
        ("199-0000-1234", "199****1234"),
        ("09901234567", "0990-*****67"),
        ("010-12345678", "010-******78"),
        ("(021) 1234 5678", "021-******78"),
        ("1234567", "*****67"),
        ("81234567", "******67"),
        ("4001234567", "********67"),
        ("0990-1234567-801", "************01"),
        ("12345", "***"),
        ("", ""),
    ],
)
def test_how_a_telephone_number_is_seen(number: str, seen: str) -> None:
    assert masked_phone(number) == seen


@pytest.mark.parametrize("number", ["09901234567", "01012345678", "1234567", "81234567"])
def test_of_a_fixed_line_two_digits_of_the_subscriber_are_seen(number: str) -> None:
    local = masked_phone(number).rpartition("-")[2]
    assert sum(character.isdecimal() for character in local) == 2


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        ("11010519800101123X", "110*************3X"),
        ("110105800101123", "110**********23"),
        ("E12345678", "E12****78"),
        ("G1234567", "***"),
        ("", ""),
    ],
)
def test_how_an_identity_number_is_seen(number: str, seen: str) -> None:
    assert masked_id(number) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("电话19900001234，工号 12345678", "电话199****1234，工号 12345678"),
        ("合计 11010519800101123X", "合计 110*************3X"),
        ("0990-123456789", "0990-123****89"),
        ("", ""),
    ],
)
def test_no_number_of_a_person_is_read_in_a_text(text: str, seen: str) -> None:
    assert masked_numbers(text) == seen


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("张三", "张*"),
        ("欧阳修", "欧**"),
        ("欧阳震华", "欧**"),
        ("买买提·艾力", "买**"),
        ("陈", "陈*"),
        ("", ""),
    ],
)
def test_how_a_name_is_seen_by_strangers(name: str, seen: str) -> None:
    assert masked_name(name) == seen


@pytest.mark.parametrize(
    ("contact", "seen"),
    [
        ("19900001234", "199****1234"),
        ("0990-2345667", "0990-*****67"),
        ("微信 baoan1234567", "微***"),
        ("bao@example.org", "b***"),
        ("门卫", "门***"),
        ("", ""),
    ],
)
def test_of_how_somebody_is_reached_a_reader_sees_enough_to_tell_it_apart(
    contact: str, seen: str
) -> None:
    assert masked_contact(contact) == seen
