"""Addresses of the slice adoptions."""

from django.urls import URLPattern, path

from baodao.adoptions.views import adoptions, cadres, own, standings

app_name = "adoptions"

_ONE = "adoptions/<uuid:adoption_id>/"

urlpatterns: list[URLPattern] = [
    path("adoptions/", adoptions.adoptions, name="list"),
    path("adoptions/cadres/", cadres.cadres, name="cadres"),
    path("adoptions/versions/<uuid:version_id>/", adoptions.adopt, name="adopt"),
    path(_ONE, standings.standing, name="standing"),
    path(f"{_ONE}end/", adoptions.end, name="end"),
    path(f"{_ONE}withdraw/", adoptions.withdraw, name="withdraw"),
    path("adoptions/results/<uuid:result_id>/", standings.result, name="result"),
    path("me/policy/", own.own, name="own"),
]
