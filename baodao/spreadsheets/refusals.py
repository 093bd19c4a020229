"""The reasons for which a file is not read; each says what can be done."""

from baodao.kernel.errors import Refused, gettext_noop

REASONS: dict[str, str] = {
    "not-a-spreadsheet": gettext_noop(
        "This file is not a spreadsheet. Save it as .xlsx, .xls or .csv and choose it again."
    ),
    "open-document": gettext_noop(
        "This is an OpenDocument table (.ods). Open it in Excel or WPS, save it as .xlsx and "
        "choose it again."
    ),
    "binary-workbook": gettext_noop(
        "This is a binary workbook (.xlsb). Open it in Excel or WPS, save it as .xlsx and "
        "choose it again."
    ),
    "old-workbook": gettext_noop(
        "This workbook was written by Excel 95 or an older program. Open it in Excel or WPS, save "
        "it as .xlsx and choose it again."
    ),
    "markup": gettext_noop(
        "This is a web page or an XML table, whatever its name ends in. Open it in Excel or WPS, "
        "save it as .xlsx and choose it again."
    ),
    "paper": gettext_noop(
        "This is a text document, slides or a PDF, not a spreadsheet. Copy its table into a new "
        "Excel or WPS table, save that as .xlsx and choose it."
    ),
    "archive": gettext_noop(
        "This is a packed file (.zip, .rar, .7z). Unpack it and choose the spreadsheet inside."
    ),
    "big5": gettext_noop(
        "This text is written in Big5, the code of Hong Kong and Taiwan. Open it in Excel, save it "
        "as .xlsx and choose it again."
    ),
    "formulas": gettext_noop(
        "The cells of this file are formulas that were never calculated. Open it in Excel or WPS, "
        "save it and choose it again."
    ),
    "truncated": gettext_noop(
        "This file is damaged or was cut off on its way. Copy or download it once more, "
        "or open it in Excel or WPS and save it again."
    ),
    "too-large": gettext_noop(
        "This file is too large. Keep only the table itself, delete empty rows and columns, or "
        "divide it into several files."
    ),
    "bomb": gettext_noop(
        "This file unpacks to far more than it should and is not opened. "
        "Copy the rows into a new workbook and save that."
    ),
    "external-entity": gettext_noop(
        "This file refers to things outside itself and is not opened. "
        "Copy the rows into a new workbook and save that."
    ),
    "encrypted": gettext_noop(
        "This file is protected by a password. Open it, remove the password and save it again."
    ),
    "empty": gettext_noop("This file holds no rows. Choose the file that holds the table."),
    "hidden": gettext_noop(
        "Whatever stands in this file is on hidden sheets. Show them in Excel or WPS, save the "
        "file and choose it again."
    ),
    "no-header": gettext_noop(
        "No row with column names such as 姓名 and 身份证号 was found. "
        "Add one above the first person, or say on the page what the columns hold."
    ),
}


def unreadable(reason: str, **facts: object) -> Refused:
    """The refusal for one of `REASONS`; that of a file without a known heading tells its columns,
    each with how it begins."""
    return Refused(f"spreadsheet.{reason}", REASONS[reason], **facts)
