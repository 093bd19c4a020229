"""Addresses of the slice orgs: the tree, for the system administrator; the settings of every
organisation."""

from django.urls import URLPattern, path

from baodao.orgs.views import organisations, reorganisations, settings

app_name = "orgs"
_SETTINGS = "organisations/<int:organisation_id>/settings/"
urlpatterns: list[URLPattern] = [
    path("organisations/", organisations.tree, name="list"),
    path("organisations/<int:organisation_id>/", organisations.page, name="organisation"),
    path("organisations/<int:organisation_id>/add/", organisations.add, name="add"),
    path("organisations/<int:organisation_id>/contact/", organisations.contact, name="contact"),
    path(
        "organisations/<int:organisation_id>/reorganise/", reorganisations.change, name="reorganise"
    ),
    path(
        "organisations/<int:organisation_id>/reorganise/<uuid:reorganisation_id>/undo/",
        reorganisations.take_back,
        name="undo",
    ),
    path("organisations/<int:organisation_id>/open/", organisations.again, name="reopen"),
    path(_SETTINGS, settings.settings, name="settings"),
    path(f"{_SETTINGS}<str:key>/", settings.policy, name="policy"),
    path(f"{_SETTINGS}<str:key>/above/", settings.above, name="policy_above"),
    path("settings/", settings.own, name="own_settings"),
    path("settings/contact/", settings.contact, name="own_contact"),
]
