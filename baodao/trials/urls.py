"""Addresses of the slice trials."""

from django.urls import URLPattern, path

from baodao.trials import views

app_name = "trials"

urlpatterns: list[URLPattern] = [
    path("policies/<uuid:policy_id>/trial/", views.new_trial, name="new"),
    path("policies/trials/<uuid:trial_id>/", views.trial, name="trial"),
    path(
        "policies/trials/<uuid:trial_id>/at/<int:organisation_id>/", views.trial_rows, name="rows"
    ),
]
