"""Pages on which an identity number is put right by two."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baodao.identities.commands import corrections as commands
from baodao.identities.forms import (
    DocumentAgainForm,
    DocumentNumberForm,
    NumberAgainForm,
    NumberForm,
)
from baodao.identities.models import IdentityCorrection
from baodao.identities.queries.checks import waiting_checks
from baodao.identities.queries.contests import member_to_decide
from baodao.identities.queries.corrections import changed_lines, waiting_corrections
from baodao.identities.views.contests import list_for
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_unit
from baodao.people.commands.proofs import proven, stated_in
from baodao.people.models import Membership, Person
from baodao.people.rules.identity_documents import IdentityDocument
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit


@reading
def all_corrections(request: ActorRequest) -> HttpResponse:
    """What the authority above asks to be compared, and what waits for a second person of the unit
    acted for."""
    unit = acting_unit(request, Permission.PERSON_EDIT)
    rows, checks = waiting_corrections(request.actor), waiting_checks(request.actor)
    context = {"unit": unit, "rows": rows, "checks": checks, "own": request.actor.account_id}
    return render(request, "identities/corrections.html", context)


@asking
def propose(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Say what the number is in truth, why, and what it was read from; what becomes of sex and
    birthday is shown before it is proposed."""
    # no end: a number may be put right again; the act tells of one that waits
    return _propose_with(request, person_id, NumberForm)


@asking
def propose_by_document(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Say what the number of a passport or another document than an identity card is in truth."""
    # no end: a number may be put right again; the act tells of one that waits
    return _propose_with(request, person_id, DocumentNumberForm)


def _propose_with(
    request: ActorRequest, person_id: UUID, form_class: type[NumberForm]
) -> HttpResponse:
    row = member_to_decide(request.actor, Permission.PERSON_EDIT, person_id)
    page = _page(row, bound(request, form_class)).editing(row.person, _kept)
    act, message = (
        partial(_propose, person_id),
        _("Proposed. Somebody else confirms it."),
    )
    return submit(request, act, to=_list(request), message=message, page=page)


def _propose(person_id: UUID, actor: Actor, **typed: Any) -> IdentityCorrection:
    stated = stated_in(typed)
    return commands.propose_number(actor, person_id=person_id, stated=stated, **typed)


def _kept(person: Person) -> dict[str, object]:
    """What a form for another document begins with; of who has a card nothing, which is read from
    the document."""
    if person.id_document == IdentityDocument.CARD:
        return {}
    kept = {"document": person.id_document, "sex": person.sex, "born_on": person.born_on}
    passport = person.id_document == IdentityDocument.PASSPORT
    return kept | ({"country": person.id_issuer} if passport else {})


def _page(row: Membership, form: NumberForm) -> FormPage:
    """The page that asks, with what the number that was typed makes of the member."""
    page = question(
        form,
        _("Correct the ID number of %(name)s") % {"name": row.person.name},
        _("Propose the number"),
        _("Somebody else confirms it from the card."),
        [(_("Branch"), row.branch.name), (_("Volunteer number"), row.person.number)],
    )
    page = replace(page, template="identities/correction.html")
    by_card = not isinstance(form, DocumentNumberForm)
    page = page.beside(person=row.person, by_card=by_card)
    if not form.is_valid():
        return page
    try:
        stated = stated_in({**form.cleaned_data})
        identity = proven(form.cleaned_data["id_number"], stated)
    except Refused:
        return page
    form.show_first(f"{identity.number} {identity.sex} {identity.born_on}")
    document = stated.document if stated else IdentityDocument.CARD
    return page.beside(lines=changed_lines(row.person, identity, document))


@asking
def confirm(request: ActorRequest, correction_id: UUID) -> HttpResponse:
    """Type the number once more from the card; it is put right when both agree."""
    # no end: what was decided is not found any more
    row = _waiting(request, correction_id)
    card = row.id_document == IdentityDocument.CARD
    form = bound(request, NumberAgainForm if card else DocumentAgainForm)
    branch = member_to_decide(request.actor, Permission.PERSON_EDIT, row.person_id).branch
    headline = _("Confirm the ID number of %(name)s") % {"name": row.person.name}
    page = question(form, headline, _("Confirm"), "", _seen(row, branch))
    act = partial(commands.confirm_number, correction_id=correction_id)
    return submit(
        request, act, to=_list(request), message=_("The number was put right."), page=page
    )


def _seen(row: IdentityCorrection, branch: Organisation) -> list[tuple[str, str]]:
    """Of whom a correction is, among others of the name, what is said for it, and what the number
    of another document than a card does not tell."""
    return [
        (_("Branch"), branch.name),
        (_("Volunteer number"), row.person.number),
        *_of_document(row),
        (_("Reason"), row.reason),
        (_("Read from"), row.evidence),
        (_("By"), row.proposed_by),
    ]


def _of_document(row: IdentityCorrection) -> list[tuple[str, str]]:
    names = filter(None, [row.get_id_document_display(), row.id_issuer])
    document = (_("Document"), " · ".join(names))
    if row.id_document == IdentityDocument.CARD:
        return [document]
    return [
        document,
        (_("Sex"), row.get_sex_display()),
        (_("Date of birth"), date_format(row.born_on)),
    ]


@writing
def decline(request: ActorRequest, correction_id: UUID) -> HttpResponse:
    """Leave the number as it is."""
    act = partial(commands.decline_number, correction_id=correction_id)
    return submit(request, act, to=_list(request), message=_("The number stays as it is."))


def _list(request: ActorRequest) -> str:
    return list_for(request, "identities:corrections")


def _waiting(request: ActorRequest, correction_id: UUID) -> IdentityCorrection:
    row = waiting_corrections(request.actor).filter(pk=correction_id).first()
    if row is None:
        raise Absent("correction")
    return row
