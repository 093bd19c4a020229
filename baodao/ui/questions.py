"""Sending a command from a page: a form with its refusal, one row, or a batch told by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ui.posts import attempt, send
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded

F = TypeVar("F", bound=forms.Form)
Write = Callable[..., object]

NAMED = 20
"""Refusals told by name after a batch; more are counted."""


@dataclass(frozen=True)
class Question:
    """A form's page, as `ui/confirm.html` shows it: `back` is where cancel and success lead."""

    headline: str
    label: str
    back: str
    lead: str = ""
    facts: Sequence[tuple[str, object]] = ()
    template: str = "ui/confirm.html"


def fresh(request: ActorRequest, form: Callable[..., F], **options: object) -> F:
    """The form, bound when it was sent."""
    return form(request.POST if request.method == "POST" else None, **options)


def asked(
    request: ActorRequest, form: forms.Form, question: Question, write: Write, said: str
) -> HttpResponse:
    """Show the form; once it is valid run `write(actor, **fields)` and go back, saying `said`.

    A refusal is shown in the form, with everything that was typed.
    """
    if form.is_valid():

        def act(actor: Actor) -> None:
            write(actor, **form.cleaned_data)

        try:
            address = attempt(request, act, to=question.back)
        except Refused as refused:
            form.add_error(None, worded(refused))
        else:
            messages.success(request, said)
            return redirect(address)
    context = {**vars(question), "cancel": question.back, "form": form}
    return render(request, question.template, context, status=422 if form.errors else 200)


def sent(
    request: ActorRequest, write: Callable[[Actor], object], to: str, said: str
) -> HttpResponse:
    """Run `write` on one row, then go `to`."""

    def act(actor: Actor) -> None:
        write(actor)

    return send(request, act, to=to, said=said)


def batch_sent(
    request: ActorRequest,
    write: Callable[[Actor], Batch[Any]],
    to: str,
    said: Callable[[int], str],
) -> HttpResponse:
    """Run `write` on many rows; `said(n)` tells how many were done, the others are named."""

    def act(actor: Actor) -> None:
        batch = write(actor)
        if not batch.done and not batch.refused:
            raise Refused("choice.empty", gettext_noop("Nobody is ticked. Tick at least one."))
        if batch.done:
            messages.success(request, said(len(batch.done)))
        tell_refused(request, batch.refused)

    return send(request, act, to=to, said="")


def tell_refused(request: ActorRequest, refused: Sequence[tuple[str, Refused]]) -> None:
    """Name who was left out and why, in a message of their own each."""
    for label, refusal in refused[:NAMED]:
        messages.warning(request, f"{label}：{worded(refusal)}")
    if len(refused) > NAMED:
        rest = len(refused) - NAMED
        messages.warning(request, gettext("%(count)s more could not be done.") % {"count": rest})
