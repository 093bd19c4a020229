"""Every address of the project, slice by slice."""

from django.urls import URLPattern, URLResolver, include, path

from baodao.accounts.urls import signing
from baodao.accounts.views.home import home
from baodao.config import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("administration/", views.administration, name="administration"),
    path("health/", views.health, name="health"),
    path("compliance/", views.compliance, name="compliance"),
    path("compliance/<slug:paper>.<slug:ending>", views.compliance_paper, name="compliance_paper"),
    path("", include(signing)),
    path("", include("baodao.ui.urls")),
    path("", include("baodao.accounts.urls")),
    path("", include("baodao.documents.urls")),
    path("", include("baodao.notices.urls")),
    path("", include("baodao.orgs.urls")),
    path("", include("baodao.people.urls")),
    path("", include("baodao.registration.urls")),
    path("", include("baodao.ledger.urls")),
    path("", include("baodao.offers.urls")),
    path("", include("baodao.appraisal.urls")),
    path("", include("baodao.insight.urls")),
    path("", include("baodao.home.urls")),
    path("demo/", include("baodao.demo.urls")),
]
