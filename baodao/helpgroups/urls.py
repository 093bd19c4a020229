"""Addresses of the slice helpgroups."""

from django.urls import URLPattern, path

from baodao.helpgroups.views import groups, households, measures, own

app_name = "helpgroups"

urlpatterns: list[URLPattern] = [
    path("help-groups/", groups.all_groups, name="list"),
    path("help-groups/new/", groups.new, name="new"),
    path("help-groups/due/", groups.due, name="due"),
    path("help-groups/counts/", groups.counts, name="counts"),
    path("help-groups/<uuid:help_group_id>/", groups.group, name="group"),
    path("help-groups/<uuid:help_group_id>/records.<slug:ending>", groups.paper, name="paper"),
    path("help-groups/<uuid:help_group_id>/join/", groups.join, name="join"),
    path("help-groups/<uuid:help_group_id>/team/", groups.team, name="team"),
    path("help-groups/<uuid:help_group_id>/dissolve/", groups.dissolve, name="dissolve"),
    path("help-groups/aides/<uuid:group_aide_id>/remove/", groups.remove, name="remove"),
    path(
        "help-groups/households/<uuid:group_household_id>/hand-over/",
        households.hand_over,
        name="hand_over",
    ),
    path("help-groups/households/<uuid:group_household_id>/end/", households.end, name="end"),
    path("households/<uuid:household_file_id>/help-group/", households.take_on, name="take_on"),
    path("households/<uuid:household_file_id>/measures/", measures.plan, name="plan"),
    path("households/<uuid:household_file_id>/measures/take/", measures.take, name="take_measure"),
    path("me/help-groups/", own.own, name="own"),
    path("me/help-groups/<uuid:own_aide_id>/leave/", own.leave, name="leave"),
    path("me/help-groups/measures/<uuid:own_measure_id>/", measures.own_done, name="own_done"),
    path("unit/measures/<uuid:unit_measure_id>/", measures.unit_done, name="unit_done"),
    path("me/help-groups/households/<uuid:own_stand_id>/", own.household, name="household"),
    path("me/help-groups/households/<uuid:own_stand_id>/who/", own.who, name="who"),
]
