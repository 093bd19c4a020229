"""Addresses of the slice policies."""

from django.urls import URLPattern, path

from baodao.policies.views import texts, trials

app_name = "policies"

urlpatterns: list[URLPattern] = [
    path("policies/", texts.library, name="library"),
    path("policies/schema.json", texts.schema_file, name="schema"),
    path("policies/presets/<str:preset_name>/", texts.preset, name="preset"),
    path("policies/presets/<str:preset_name>/policy.yaml", texts.preset_file, name="preset_file"),
    path("policies/new/", texts.new_policy, name="new"),
    path("policies/<uuid:policy_id>/", texts.policy, name="policy"),
    path("policies/<uuid:policy_id>/edit/", texts.edit_policy, name="edit"),
    path("policies/<uuid:policy_id>/end/", texts.end_policy, name="end"),
    path(
        "policies/<uuid:policy_id>/versions/<int:version_number>/policy.yaml",
        texts.version_file,
        name="version_file",
    ),
    path("policies/<uuid:policy_id>/trial/", trials.new_trial, name="new_trial"),
    path("policies/trials/<uuid:trial_id>/", trials.trial, name="trial"),
    path(
        "policies/trials/<uuid:trial_id>/at/<int:organisation_id>/",
        trials.trial_rows,
        name="trial_rows",
    ),
]
