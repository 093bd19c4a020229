"""Addresses of the slice insight."""

from django.urls import URLPattern, path

from baodao.figures.rules.sheets import StatSheet
from baodao.insight import views

app_name = "insight"
REGISTRATION, SERVICE = {"sheet": StatSheet.REGISTRATION}, {"sheet": StatSheet.SERVICE}
_TABLE, _ISSUE, _CELL = "<str:code>/", "<str:code>/issue/", "<str:code>/<str:metric>/"

urlpatterns: list[URLPattern] = [
    path("overview/", views.overview, name="overview"),
    path("overview/<str:code>/", views.overview, name="overview_of"),
    path("overview/<str:code>/refresh/", views.refresh, name="refresh"),
    path("tables/", views.own_table, REGISTRATION, name="tables"),
    path(f"tables/registration/{_TABLE}", views.table, REGISTRATION, name="table"),
    path(f"tables/registration/{_ISSUE}", views.issue, REGISTRATION, name="issue"),
    path(f"tables/registration/{_CELL}", views.cell, REGISTRATION, name="cell"),
    path("tables/service/", views.own_table, SERVICE, name="service_tables"),
    path(f"tables/service/{_TABLE}", views.table, SERVICE, name="service_table"),
    path(f"tables/service/{_ISSUE}", views.issue, SERVICE, name="service_issue"),
    path(f"tables/service/{_CELL}", views.cell, SERVICE, name="service_cell"),
    path("tables/charts/<str:code>/", views.charts, name="charts"),
    path("tables/definitions/", views.definitions, name="definitions"),
    path("tables/issued/<uuid:table_id>/<str:ending>/", views.issued, name="issued"),
]
