"""Every address of the project, slice by slice."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("baodao.ui.urls")),
    path("", include("baodao.accounts.urls")),
    path("", include("baodao.documents.urls")),
    path("", include("baodao.notices.urls")),
    path("", include("baodao.people.urls")),
    path("", include("baodao.registration.urls")),
    path("", include("baodao.insight.urls")),
    path("demo/", include("baodao.demo.urls")),
]
