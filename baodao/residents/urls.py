"""Addresses of the slice residents."""

from django.urls import URLPattern, path

from baodao.residents.views import files, people, readings

app_name = "residents"

urlpatterns: list[URLPattern] = [
    path("households/", files.files, name="list"),
    path("households/new/", files.new, name="new"),
    path("households/counts/", files.counts, name="counts"),
    path("households/seek/", readings.seek, name="seek"),
    path("households/<uuid:household_file_id>/", files.file, name="file"),
    path("households/<uuid:household_file_id>/write/", files.write, name="write"),
    path("households/<uuid:household_file_id>/support/", files.support, name="support"),
    path("households/<uuid:household_file_id>/basis/", files.basis, name="basis"),
    path("households/<uuid:household_file_id>/move/", files.move, name="move"),
    path("households/<uuid:household_file_id>/delete/", files.delete, name="delete"),
    path("households/<uuid:household_file_id>/read/", readings.read, name="read"),
    path("households/<uuid:household_file_id>/children/", readings.children, name="children"),
    path("households/<uuid:household_file_id>/card/", readings.card, name="card"),
    path("households/<uuid:household_file_id>/people/", people.add, name="add_person"),
    path(
        "households/<uuid:household_file_id>/people/<uuid:resident_id>/remove/",
        people.remove,
        name="remove_person",
    ),
    path("households/measures/<uuid:measure_id>/done/", people.done, name="done"),
    path("households/measures/<uuid:measure_id>/drop/", people.drop, name="drop"),
]
