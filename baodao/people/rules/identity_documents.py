"""Documents that stand in for an identity card: which of them a number seems to be of."""

import re

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.spreadsheets.cells import Cell, bare, compact, plain_digits, text_of


class IdentityDocument(Code):
    """What a person proves with who they are.

    Residence permits of people from Hong Kong, Macao and Taiwan, and the cards of permanent
    residents since 2023, have numbers of 18 characters like an identity card.
    """

    CARD = "card", gettext_noop("ID card or residence permit of 18 characters")
    HOME_RETURN = "home-return", gettext_noop("Mainland travel permit for Hong Kong and Macao")
    TAIWAN = "taiwan", gettext_noop("Mainland travel permit for Taiwan")
    PASSPORT = "passport", gettext_noop("Passport")
    OFFICER = "officer", gettext_noop("Military officer's certificate")
    RESIDENT = "resident", gettext_noop("Permanent residence card of 15 characters")


CHINESE_NAMES = {
    IdentityDocument.HOME_RETURN: "港澳居民来往内地通行证（回乡证）",
    IdentityDocument.TAIWAN: "台湾居民来往大陆通行证（台胞证）",
    IdentityDocument.PASSPORT: "护照",
    IdentityDocument.OFFICER: "军官证（警官证）",
    IdentityDocument.RESIDENT: "外国人永久居留身份证（旧版）",
}
"""As officials call them; a message in any language quotes these."""

OTHER_DOCUMENTS = tuple(CHINESE_NAMES)

FORMS = {
    IdentityDocument.HOME_RETURN: re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})"),
    IdentityDocument.TAIWAN: re.compile(r"[0-9]{8}|[0-9]{10}(?:\([A-Z]\)|[A-Z])?"),
    IdentityDocument.RESIDENT: re.compile(r"[A-Z]{3}[0-9]{12}"),
    IdentityDocument.OFFICER: re.compile(
        r"[军武警士文海空南北东西中广沈济成兰参政后装]\S{0,3}字第?[0-9]{5,9}号?"
    ),
    IdentityDocument.PASSPORT: re.compile(r"[A-Z]{1,2}[0-9]{6,8}"),
}
OFFICERS = re.compile(r"\s*([\u4e00-\u9fff]{1,4})\s*字")
CHINA = "中国"
COUNTRIES = {"中华人民共和国": CHINA, "chn": CHINA, "cn": CHINA, "china": CHINA, "prc": CHINA}
ISSUER_LENGTH = 20
BLANKS = str.maketrans("", "", " -‐‑–—_.·•。")
SHORTEST = 6
LONGEST = 18
NOT_KEPT = re.compile(r"[^0-9A-Z]")


def document_of(cell: Cell) -> IdentityDocument | None:
    """The other document whose number a cell seems to hold, None when it looks like none."""
    text = compact(plain_digits(bare(text_of(cell)))).upper().translate(BLANKS)
    return next((document for document, form in FORMS.items() if form.fullmatch(text)), None)


def document_number(typed: str) -> str:
    """The number of a document as it is kept: capitals and digits; "" when there are too few."""
    text = NOT_KEPT.sub("", compact(plain_digits(bare(text_of(typed)))).upper())
    return text if SHORTEST <= len(text) <= LONGEST else ""


def issuer_of(document: IdentityDocument, number: str, country: str) -> str:
    """Who counts the numbers among which this one, as it was typed, stands once: of a passport the
    country, of an officer's certificate the word before 字第. Raises `Refused` where that is not
    said; other documents have one issuer, which is not named."""
    if document is IdentityDocument.OFFICER:
        match = OFFICERS.match(compact(bare(text_of(number))))
        if match is None:
            raise Refused(
                "identity.issuer",
                gettext_noop(
                    "Write the number as it stands in the certificate, with the words before it: "
                    "军字第1234567号."
                ),
            )
        return match[1]
    if document is not IdentityDocument.PASSPORT:
        return ""
    named = compact(country) or CHINA
    return COUNTRIES.get(named, named)[:ISSUER_LENGTH]
