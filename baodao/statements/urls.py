"""Addresses of the slice statements."""

from django.urls import URLPattern, path

from baodao.statements.views import (
    codes,
    corrections,
    disputes,
    entries,
    own,
    papers,
    records,
    statements,
)

app_name = "statements"

_ONE = "records/<int:community_id>/<uuid:record_id>/"
_PERSON = "records/persons/<uuid:person_id>/"
_STATEMENTS = "records/statements/"
_DISPUTES = "records/disputes/"

_community: list[URLPattern] = [
    path("records/", records.records, name="records"),
    path("records/enter/", entries.enter, name="enter"),
    path(_ONE, records.record, name="record"),
    path(f"{_ONE}reverse/", corrections.undo, name="reverse"),
    path(f"{_ONE}correct/", corrections.correct, name="correct"),
    path(_PERSON, records.person, name="person"),
    path(f"{_PERSON}sheet/", papers.issue, name="issue_sheet"),
    path(f"{_PERSON}<int:year>.<slug:ending>", papers.year, name="year_sheet"),
    path("records/sheets/<uuid:sheet_id>.<slug:ending>", papers.issued, name="issued_sheet"),
    path(_STATEMENTS, statements.statements, name="statements"),
    path(f"{_STATEMENTS}confirm/", statements.confirm, name="confirm"),
    path(
        f"{_STATEMENTS}<uuid:statement_id>/return/", statements.give_back, name="return_statement"
    ),
    path(_DISPUTES, disputes.disputes, name="disputes"),
    path(f"{_DISPUTES}<uuid:dispute_id>/answer/", disputes.answer, name="answer_dispute"),
]

_member: list[URLPattern] = [
    path("me/services/", own.services, name="own"),
    path("me/services/add/", statements.state, name="state"),
    path("me/services/<uuid:statement_id>/withdraw/", statements.withdraw, name="withdraw"),
    path(
        "me/services/<int:community_id>/<uuid:record_id>/dispute/",
        disputes.dispute,
        name="dispute",
    ),
    path("me/services/code/", codes.renew_code, name="renew_code"),
    path("me/services/sheet.<slug:ending>", papers.sheet, name="sheet"),
    path("me/services/<int:year>.<slug:ending>", papers.own_year, name="own_year"),
]

urlpatterns: list[URLPattern] = [
    *_community,
    *_member,
    path("unit/records/", records.unit_records, name="unit_records"),
    path("r/<str:record_token>/", codes.by_code, name="by_code"),
]
