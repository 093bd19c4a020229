"""Addresses of the slice visits."""

from django.urls import URLPattern, path

from baodao.visits.views import along, households, own, places

app_name = "visits"

urlpatterns: list[URLPattern] = [
    path("me/visits/", own.own, name="own"),
    path("me/visits/contacts/<uuid:contact_id>/", own.contact, name="contact"),
    path("me/visits/contacts/<uuid:contact_id>/household/", own.household, name="household"),
    path("households/<uuid:household_file_id>/contact/", households.entrust, name="entrust_filed"),
    path("households/<uuid:household_file_id>/need/", households.need, name="household_need"),
    path("visits/along/", along.along, name="along"),
    path("visits/along/worker.js", along.worker, name="worker"),
    path("visits/along/manifest.webmanifest", along.manifest, name="manifest"),
    path("visits/along/pack/", along.pack, name="pack"),
    path("visits/along/deliver/", along.deliver, name="deliver"),
    path("visits/", places.visits, name="list"),
    path("visits/records.<slug:ending>", places.paper, name="paper"),
    path("visits/contacts/", places.contacts, name="contacts"),
    path("visits/contacts/new/", places.assign, name="assign"),
    path("visits/contacts/household/", places.entrust, name="entrust"),
    path("visits/contacts/<uuid:contact_id>/", places.point, name="point"),
    path("visits/contacts/<uuid:contact_id>/household/", places.read, name="read"),
    path("visits/contacts/<uuid:contact_id>/hand-over/", places.hand_over, name="hand_over"),
    path("visits/contacts/<uuid:contact_id>/end/", places.end, name="end"),
    path("visits/<uuid:contact_visit_id>/", own.visit, name="visit"),
    path("visits/<uuid:contact_visit_id>/need/", own.need, name="need"),
    path("visits/<uuid:contact_visit_id>/withdraw/", own.withdraw, name="withdraw"),
    path("unit/visits/", places.of_unit, name="of_unit"),
]
