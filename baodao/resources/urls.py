"""Addresses of the slice resources."""

from django.urls import URLPattern, path

from baodao.resources.views import claims, projects, resources

app_name = "resources"

ONE = "resources/<uuid:resource_id>/"
NEED = "resources/needs/<uuid:need_id>/"
PROJECT = "resources/projects/<uuid:project_id>/"
CLAIM = "resources/claims/<uuid:list_claim_id>/"

urlpatterns: list[URLPattern] = [
    path("resources/", resources.resources, name="list"),
    path("resources.<slug:ending>", resources.paper, name="paper"),
    path("resources/new/", resources.new, name="new"),
    path(ONE, resources.resource, name="resource"),
    path(f"{ONE}edit/", resources.edit, name="edit"),
    path(f"{ONE}publish/", resources.publish, name="publish"),
    path(f"{ONE}withdraw/", resources.withdraw, name="withdraw"),
    path(f"{ONE}end/", resources.end, name="end"),
    path(f"{ONE}calendar/", resources.calendar, name="calendar"),
    path(f"{ONE}claim/", claims.resource, name="claim"),
    path("resources/needs/", projects.needs, name="needs"),
    path("resources/needs.<slug:ending>", projects.needs_paper, name="needs_paper"),
    path(f"{NEED}publish/", projects.publish_need, name="publish_need"),
    path(f"{NEED}withdraw/", projects.withdraw_need, name="withdraw_need"),
    path(f"{NEED}claim/", claims.need, name="claim_need"),
    path("resources/projects/", projects.projects, name="projects"),
    path("resources/projects.<slug:ending>", projects.projects_paper, name="projects_paper"),
    path("resources/projects/new/", projects.new, name="new_project"),
    path(PROJECT, projects.project, name="project"),
    path(f"{PROJECT}activity/", projects.add, name="add_activity"),
    path(f"{PROJECT}close/", projects.close, name="close_project"),
    path(f"{PROJECT}withdraw/", projects.withdraw, name="withdraw_project"),
    path(f"{PROJECT}claim/", claims.project, name="claim_project"),
    path("resources/claims/", claims.claims, name="claims"),
    path(f"{CLAIM}accept/", claims.accept, name="accept"),
    path(f"{CLAIM}decline/", claims.decline, name="decline"),
    path(f"{CLAIM}time/", claims.time, name="time"),
    path(f"{CLAIM}confirm/", claims.confirm, name="confirm"),
    path(f"{CLAIM}withdraw/", claims.withdraw, name="withdraw_claim"),
]
