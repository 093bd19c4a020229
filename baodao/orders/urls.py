"""Addresses of the slice orders."""

from django.urls import URLPattern, path

from baodao.orders.views import orders, whistles

app_name = "orders"

urlpatterns: list[URLPattern] = [
    path("needs/orders/", orders.orders, name="list"),
    path("needs/<uuid:need_id>/dispatch/", orders.dispatch, name="dispatch"),
    path("needs/<uuid:order_id>/slip.<slug:ending>", orders.slip, name="slip"),
    path("offers/<uuid:offer_id>/send/", orders.send, name="send"),
    path("needs/whistles/", whistles.whistles, name="whistles"),
    path("unit/whistles/", whistles.unit_whistles, name="unit_whistles"),
    path("unit/services/<uuid:party_offer_id>/branches/", whistles.to_branches, name="to_branches"),
    path("unit/whistles/<uuid:whistle_id>/decline/", whistles.decline, name="decline"),
]
