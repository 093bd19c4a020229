"""Addresses of the slice ledger."""

from django.urls import URLPattern, path

from baodao.ledger.views import (
    categories,
    entering,
    importing,
    own,
    papers,
    public,
    records,
    statements,
    unit,
)

app_name = "ledger"

_ONE = "records/<int:community_id>/<uuid:record_id>/"
_STATEMENTS = "records/statements/"
_DISPUTES = "records/disputes/"
_IMPORT = "records/import/<uuid:record_import_id>/"

_community: list[URLPattern] = [
    path("records/", records.records, name="records"),
    path("records/enter/", entering.enter, name="enter"),
    path("records/import/", importing.choose, name="import"),
    path("records/import/template.xlsx", importing.template, name="import_template"),
    path(_IMPORT, importing.preview, name="import_one"),
    path(f"{_IMPORT}apply/", importing.apply, name="import_apply"),
    path(f"{_IMPORT}remarks.xlsx", importing.remarks, name="import_remarks"),
    path(_ONE, records.record, name="record"),
    path(f"{_ONE}reverse/", records.undo, name="reverse"),
    path(f"{_ONE}correct/", records.correct, name="correct"),
    path("records/persons/<uuid:person_id>/", papers.person, name="person"),
    path("records/persons/<uuid:person_id>/sheet/", papers.issue, name="issue_sheet"),
    path(
        "records/persons/<uuid:person_id>/<int:year>.<slug:ending>", papers.year, name="year_sheet"
    ),
    path("records/sheets/<uuid:sheet_id>.<slug:ending>", papers.issued, name="issued_sheet"),
    path(_STATEMENTS, statements.statements, name="statements"),
    path(f"{_STATEMENTS}confirm/", statements.confirm, name="confirm"),
    path(
        f"{_STATEMENTS}<uuid:statement_id>/return/", statements.give_back, name="return_statement"
    ),
    path(_DISPUTES, statements.disputes, name="disputes"),
    path(f"{_DISPUTES}<uuid:dispute_id>/answer/", statements.answer, name="answer_dispute"),
]

_member: list[URLPattern] = [
    path("me/services/", own.services, name="own"),
    path("me/services/add/", own.state, name="state"),
    path("me/services/<uuid:statement_id>/withdraw/", own.withdraw, name="withdraw"),
    path("me/services/<int:community_id>/<uuid:record_id>/dispute/", own.dispute, name="dispute"),
    path("me/services/code/", own.renew_code, name="renew_code"),
    path("me/services/sheet.<slug:ending>", papers.sheet, name="sheet"),
    path("me/services/<int:year>.<slug:ending>", papers.own_year, name="own_year"),
]

urlpatterns: list[URLPattern] = [
    *_community,
    *_member,
    path("unit/records/", unit.records, name="unit_records"),
    path("settings/categories/", categories.categories, name="categories"),
    path("settings/categories/above/", categories.as_above, name="categories_above"),
    path("r/<str:record_token>/", public.by_code, name="by_code"),
]
