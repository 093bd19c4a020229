"""Numbered sheets of service records as they were issued. Nothing is written here."""

from baodao.documents.fields import VERIFY_URL
from baodao.documents.queries import issued_items
from baodao.documents.sheets import Item
from baodao.statements.models import RecordSheet
from baodao.statements.queries.papers import verify_url
from baodao.statements.rules.papers import RECORD_SHEET


def sheet_item(sheet: RecordSheet) -> Item:
    """A numbered sheet as it was issued; its code is the one that is its person's now."""
    [item] = issued_items([sheet.pk], RECORD_SHEET.code)
    return {**item, VERIFY_URL: verify_url(sheet.person_id)}
