"""The page on which a unit says that a number stands on the card as it is kept."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.identities.commands.checks import answer_check
from baodao.identities.forms import EvidenceForm
from baodao.identities.models import NumberCheck
from baodao.identities.queries.checks import waiting_checks
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.people.queries.members import member_of
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@asking
def answer(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """Say what the number was compared with; one that is wrong is corrected instead."""
    check = waiting_checks(request.actor).filter(pk=check_id).first()
    if check is None:
        raise Absent("check")
    list_page = reverse("identities:corrections")
    page = _page(request, check).beside(cancel=list_page)
    act = partial(answer_check, check_id=check_id)
    message = _("The authority above is told that the number stands on the card.")
    return submit(request, act, to=list_page, message=message, page=page)


def _page(request: ActorRequest, check: NumberCheck) -> FormPage:
    row = member_of(request.actor, Permission.PERSON_EDIT, check.person_id)
    return question(
        bound(request, EvidenceForm),
        _("The ID number of %(name)s stands on the card") % {"name": row.person.name},
        _("It stands on the card"),
        _("Compare the number in full with the card first. If it differs, correct it instead."),
        [(_("Branch"), row.branch.name), (_("Volunteer number"), row.person.number)],
    )
