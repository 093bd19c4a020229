"""Submitting a form: once per client's id, asked about or not, with its sentence afterwards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from baodao.kernel.authz import NOBODY, Actor
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.ids import new_id
from baodao.kernel.once import answered, once
from baodao.ui.edits import Edit
from baodao.ui.fields import opens_tree
from baodao.ui.interruptions import AGAIN, typed_before
from baodao.ui.pages import page_above, page_before
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded

F = TypeVar("F", bound=forms.Form)
R = TypeVar("R", bound=Model)
Act = Callable[..., Any]
"""`act(actor)`, or with a form `act(actor, **fields)`; most often a command."""

UNSIGNED = {"csrfmiddlewaretoken", "client_id"}
NAMED = 20
"""Refusals told by name after a batch; more are counted."""


@dataclass(frozen=True)
class FormPage:
    """A form and the page on which it stands: a template, and what it shows beside the form.

    What is sent from an `anonymous` page is nobody's act, even of somebody signed in.
    """

    form: forms.Form
    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    edit: Edit[Any] | None = None
    anonymous: bool = False
    standing: Callable[[], object] | None = None

    def beside(self, **more: object) -> "FormPage":
        """The page with more shown beside the form, such as where `cancel` leads."""
        return replace(self, context={**self.context, **more})

    def while_open(self, check: Callable[..., object], *facts: object) -> "FormPage":
        """The page of an act on something that can be over: where `check(*facts)`, the rule of the
        act, refuses, whoever opens the address reads how things stand, and no form."""
        return replace(self, standing=partial(check, *facts))

    def editing(
        self,
        row: R,
        values: Callable[[R], Mapping[str, object]],
        about: UUID | None = None,
    ) -> "FormPage":
        """The page whose form is filled in with the `values` of a row and puts them right; what
        another changed meanwhile is told before anything is saved. `row` is the first that the act
        holds, `about` that of which the journal tells, where it is another."""
        edit = Edit(self.form, row, values, about)
        return replace(self, edit=edit, context={**self.context, "edit": edit})


def question(
    form: forms.Form,
    headline: str,
    label: str,
    lead: str = "",
    facts: Sequence[tuple[str, object]] = (),
) -> FormPage:
    """The page that asks once before an act: `label` is its button, `facts` are shown pairs."""
    words = {"headline": headline, "label": label, "lead": lead, "facts": facts}
    return FormPage(form, "ui/confirm.html", words)


def phone_question(form: forms.Form, headline: str, label: str, lead: str = "") -> FormPage:
    """The page that asks a member once before an act, on the telephone's page."""
    words = {"headline": headline, "label": label, "lead": lead}
    return FormPage(form, "ui/phone_confirm.html", words)


def visitor_question(form: forms.Form, headline: str, label: str, lead: str = "") -> FormPage:
    """The page that asks a resident without an account once before an act."""
    return replace(phone_question(form, headline, label, lead), anonymous=True)


def bound(request: ActorRequest, form: Callable[..., F], **options: object) -> F:
    """The form, with what was typed when it was sent; or when its sender opened the tree below a
    field, or was signed out: then it is not valid, for nobody has sent it yet."""
    if request.method == "POST":
        return as_sent(form(request.POST, **options))
    typed = typed_before(request)
    again = form(typed, **options)
    return again if typed is None else _unsent(again, gettext(AGAIN))


def as_sent(form: F) -> F:
    """The form with what was sent; not valid where that only opened the tree below a field."""
    return _unsent(form, gettext(OPENED)) if opens_tree(form) else form


OPENED = gettext_noop("Choose below the field. Nothing is sent yet; what you typed is kept here.")


def _unsent(form: F, words: str) -> F:
    """The form as it was typed, of whose faults nothing is said yet; `words` say why it is here."""
    form.full_clean()
    form.errors.clear()
    form.add_error(None, words)
    return form


def submit(
    request: ActorRequest,
    act: Act,
    *,
    to: str | Callable[[Any], str],
    message: str | Callable[[Any], str] = "",
    page: FormPage | None = None,
    answer: Callable[[Any], HttpResponse] | None = None,
) -> HttpResponse:
    """Run `act` once, say `message` and go `to`; both may be made of what `act` returned.

    The same form again, from a double tap, another tab or a lost reply, leads to the same page
    without acting. The `page` of a form is shown until the form is valid, and a refusal stands in
    the form with everything that was typed; without one a refusal is a message on the page from
    which the form came (its field `back`, else `to`). Of a batch, `message` is given the number of
    those who were done, and who was not is named; where the act may be taken back for a moment,
    the sentence has the button.

    `answer` makes the page that alone shows what `act` returned, such as a password; sent again,
    the form leads `to`, with `message` as a warning.
    """
    actor = NOBODY if page is not None and page.anonymous else request.actor
    if page is not None and request.method != "POST" and (over := _refusal(page)):
        return _over_response(request, page, over, to)
    if page is not None and not page.form.is_valid():
        return sent_before(request, actor) or _form_response(request, page, to)
    results: list[Any] = []

    def run() -> dict[str, str]:
        if page is not None and page.edit is not None:
            page.edit.check_present(actor)
        results.append(act(actor, **(page.form.cleaned_data if page is not None else {})))
        _tell(request, results[0], message)
        return {"to": to if isinstance(to, str) else to(results[0])}

    try:
        kept, _ = once(actor, client_id_of(request), _body(request), run)
    except Refused as refused:
        if page is not None:
            page.form.add_error(None, worded(refused))
            return _form_response(request, page, to)
        messages.error(request, worded(refused))
        return _back(request, to)
    if answer is not None and results:
        return answer(results[0])
    if isinstance(message, str) and message:
        say = messages.warning if answer is not None else messages.success
        say(request, message)
    return redirect(kept["to"])


def sent_before(request: ActorRequest, actor: Actor) -> HttpResponse | None:
    """The page to which the same form led when it was sent before; None where it was not."""
    sent = request.method == "POST"
    again = answered(actor, client_id_of(request), _body(request)) if sent else None
    return redirect(again["to"]) if again else None


def _body(request: ActorRequest) -> dict[str, list[str]]:
    """What makes this form the same as one sent before: all that was typed, and where."""
    typed = {key: values for key, values in request.POST.lists() if key not in UNSIGNED}
    return typed | {"path": [request.path]}


def _tell(request: ActorRequest, result: Any, message: str | Callable[[Any], str]) -> None:
    if not isinstance(result, Batch):
        if callable(message):
            messages.success(request, message(result))
        return
    if not result.done and not result.refused:
        raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
    if result.done and callable(message):
        messages.success(request, message(len(result.done)), extra_tags=str(result.undo_id or ""))
    tell_refused(request, result.refused)


def tell_refused(request: ActorRequest, refused: Sequence[tuple[str, Refused]]) -> None:
    """Name who was left out and why, in a message of their own each."""
    for label, refusal in refused[:NAMED]:
        messages.warning(request, f"{label}：{worded(refusal)}")
    if len(refused) > NAMED:
        rest = len(refused) - NAMED
        messages.warning(request, gettext("%(count)s more could not be done.") % {"count": rest})


def client_id_of(request: ActorRequest) -> UUID:
    """The id the form was made with; a form without one gets its own (it then acts each time)."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return new_id()


def _form_response(
    request: ActorRequest, page: FormPage, to: str | Callable[[Any], str]
) -> HttpResponse:
    cancel = {"cancel": to} if isinstance(to, str) else {}
    context = {**cancel, **page.context, "form": page.form}
    refused = request.method == "POST" and page.form.errors
    return render(request, page.template, context, status=422 if refused else 200)


def _refusal(page: FormPage) -> Refused | None:
    """Why nothing can be sent from a page any more, if so."""
    if page.standing is None:
        return None
    try:
        page.standing()
    except Refused as refused:
        return refused
    return None


def _over_response(
    request: ActorRequest, page: FormPage, over: Refused, to: str | Callable[[Any], str]
) -> HttpResponse:
    """How things stand, with what is known and the way to where they are shown, and no form."""
    above = to if isinstance(to, str) else page_above(request.path)
    context = {"cancel": above, **page.context, "reason": worded(over)}
    return render(request, "ui/over.html", context, status=409)


def _back(request: ActorRequest, to: str | Callable[[Any], str]) -> HttpResponseRedirect:
    otherwise = to if isinstance(to, str) else page_above(request.path)
    return HttpResponseRedirect(page_before(request, otherwise))
