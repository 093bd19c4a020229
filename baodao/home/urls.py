"""Addresses of home."""

from django.urls import URLPattern, path

from baodao.home.views import administration, days, own, papers, persons, searches

app_name = "home"

urlpatterns: list[URLPattern] = [
    path("", days.first, name="first"),
    path("me/", days.mine, name="mine"),
    path("me/today/", days.member, name="member"),
    path("me/records/", own.own_records, name="own_records"),
    path("me/copy.json", own.own_copy_json, name="own_copy_json"),
    path("me/copy.xlsx", own.own_copy_xlsx, name="own_copy_xlsx"),
    path("today/", days.today, name="today"),
    path("unit/", days.unit, name="unit"),
    path("persons/<uuid:person_id>/", persons.person, name="person"),
    path("people/<uuid:person_id>/unmask/", persons.number, name="unmask"),
    path("search/", searches.search, name="search"),
    path("papers/", papers.all_papers, name="papers"),
    path("papers/blank/<slug:paper>.<slug:ending>", papers.blank, name="blank"),
    path("administration/", administration.administration, name="administration"),
    path("health/", administration.health, name="health"),
    path("compliance/", administration.compliance, name="compliance"),
    path(
        "compliance/<slug:paper>.<slug:ending>",
        administration.compliance_paper,
        name="compliance_paper",
    ),
]
