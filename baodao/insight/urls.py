"""Addresses of the slice insight."""

from django.urls import URLPattern, path

from baodao.insight import views

app_name = "insight"
urlpatterns: list[URLPattern] = [
    path("overview/", views.overview, name="overview"),
    path("overview/<str:code>/", views.overview, name="overview_of"),
    path("overview/<str:code>/refresh/", views.refresh, name="refresh"),
    path("tables/registration/", views.own_table, name="tables"),
    path("tables/registration/<str:code>/", views.table, name="table"),
    path("tables/registration/<str:code>/issue/", views.issue, name="issue"),
    path("tables/registration/<str:code>/<str:metric>/", views.cell, name="cell"),
    path("tables/issued/<uuid:table_id>/<str:ending>/", views.issued, name="issued"),
]
