"""Addresses of the slice attendance."""

from django.urls import URLPattern, path

from baodao.attendance.views import along, check_ins, effects, rolls, sheets

app_name = "attendance"

urlpatterns: list[URLPattern] = [
    path("along/", along.along, name="along"),
    path("along/worker.js", along.worker, name="worker"),
    path("along/manifest.webmanifest", along.manifest, name="manifest"),
    path("along/<uuid:offer_id>/pack/", along.pack, name="pack"),
    path("along/<uuid:offer_id>/deliver/", along.deliver, name="deliver"),
    path("offers/<uuid:offer_id>/code/", check_ins.code, name="code"),
    path("here/<slug:place_code>/", check_ins.here, name="here"),
    path("came/<slug:place_code>/", check_ins.came, name="came"),
    path("offers/<uuid:offer_id>/there/", check_ins.there, name="there"),
    path("offers/<uuid:offer_id>/roll/", rolls.roll, name="roll"),
    path("offers/effects/", effects.effects, name="effects"),
    path("offers/<uuid:activity_id>/effect/", effects.effect, name="effect"),
    path("unit/services/effects/", effects.unit_effects, name="unit_effects"),
    path("offers/<uuid:offer_id>/sheet/", sheets.sheet, name="sheet"),
    path("offers/<uuid:offer_id>/sheet.<slug:ending>", sheets.paper, name="paper"),
]
