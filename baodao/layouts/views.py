"""The papers of an organisation and their Word layouts."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.documents.catalogue import form_of, papers
from baodao.documents.form import Form
from baodao.documents.formats import Format
from baodao.kernel.errors import Absent
from baodao.layouts.commands import discontinue_layout, set_layout
from baodao.layouts.documents import blank_preview, filled_preview, left_out, own_layout
from baodao.layouts.forms import LayoutForm
from baodao.layouts.queries import EDIT, layout_at, layouts_at
from baodao.orgs.models import Organisation
from baodao.ui.guards import choosing, reading, writing
from baodao.ui.listing import download
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, submit

PREVIEWS = {"blank": blank_preview, "filled": filled_preview}


@reading
def layouts(request: ActorRequest) -> HttpResponse:
    """Every paper that is made as Word, and whose layout it has here."""
    place = _place(request)
    present = layouts_at(place)
    lines = [(form, present.get(form.code)) for form in papers() if Format.WORD in form.formats]
    return render(request, "layouts/layouts.html", {"place": place, "lines": lines})


@choosing
def layout(request: ActorRequest, paper_form: str) -> HttpResponse:
    """One paper: the names of its fields, the layout it has, and a file for a new one."""
    # no end: a layout is replaced as often as need be
    place, form = _place(request), _form(paper_form)
    present = layouts_at(place).get(paper_form)
    edits = request.actor.may(EDIT, place.path)
    columns = dict.fromkeys(column.label for _level, each in form.tables for column in each)
    context = {
        "place": place, "paper": form, "present": present, "edits": edits, "columns": list(columns),
        "left_out": "、".join(left_out(form, present)) if present else "",
    }  # fmt: skip
    if request.method == "POST" and not edits:
        raise Absent("layout")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    page = FormPage(LayoutForm(*sent, paper=form), "layouts/layout.html", context)
    act = partial(set_layout, organisation_id=place.pk, form=paper_form)
    here = reverse("layouts:layout", args=[paper_form])
    return submit(request, act, to=here, message=_("Kept. Look at the previews."), page=page)


@reading
def beginning(request: ActorRequest, paper_form: str) -> HttpResponse:
    """Our own form as a layout to begin with."""
    _place(request)
    return download(own_layout(_form(paper_form)))


@reading
def preview(request: ActorRequest, paper_form: str, how: str) -> HttpResponse:
    """The layout in force, blank or filled with the names of its fields."""
    present = layout_at(_place(request), _form(paper_form).code)
    if how not in PREVIEWS:
        raise Absent("preview")
    return download(PREVIEWS[how](_form(paper_form), present))


@writing
def end(request: ActorRequest, paper_form: str, layout_id: UUID) -> HttpResponse:
    """Take a layout out of use."""
    to = reverse("layouts:layout", args=[_form(paper_form).code])
    act = partial(discontinue_layout, layout_id=layout_id)
    return submit(request, act, to=to, message=_("Out of use from now on."))


def _place(request: ActorRequest) -> Organisation:
    """The organisation one acts for, by whoever reads its settings."""
    if request.acting is None:
        raise Absent("layouts")
    place: Organisation = request.acting
    return place


def _form(code: str) -> Form:
    """A paper that is made as Word; raises `Absent`."""
    known = {form.code for form in papers() if Format.WORD in form.formats}
    if code not in known:
        raise Absent("form")
    return form_of(code)
