"""The Django application of the slice attendance."""

from importlib import import_module

from django.apps import AppConfig

from baodao.attendance.rules import effects, notices, papers, policies
from baodao.attendance.rules.check_ins import SHOWING
from baodao.attendance.rules.packs import TAKING
from baodao.attendance.rules.rolls import RECORDING
from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.offers.rules.acts import OfferPanel, register_act, register_link, register_panel
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.statements.rules.statements import register_offer_check


class AttendanceConfig(AppConfig):
    name = "baodao.attendance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_act(RECORDING)
        register_act(SHOWING)
        register_act(TAKING)
        register_act(effects.GRADING)
        register_link(effects.LIST)
        register_kinds(*notices.NOTICES)
        register_forms(*papers.PAPERS)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_relations(
            PersonRelation(
                "attendance.checkin", gettext_noop("check-ins"), instant="scanned_at", moves=False
            )
        )
        register_handovers(Handover("check in"))
        rolls = import_module("baodao.attendance.queries.rolls")
        register_offer_check(rolls.check_hours)
        statements = import_module("baodao.statements.queries.statements")
        statements.register_doubt(rolls.not_listed)
        register_panel(OfferPanel("attendance/offer_came.html", rolls.closed_list))
