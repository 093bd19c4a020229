"""A form whose refusal stands beside it and whose result has a page of its own."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused
from baodao.ui.posts import attempt
from baodao.ui.questions import Question
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded


def taken(
    request: ActorRequest,
    form: forms.Form,
    act: Callable[[Actor], str | None],
    question: Question,
    said: str = "",
    beside: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Run `act` once for a valid form and go where it says; else show the form (again), with what
    the page shows `beside` it."""
    if form.is_valid():
        try:
            address = attempt(request, act, to=question.back)
        except Refused as refused:
            form.add_error(None, worded(refused))
        else:
            if said:
                messages.success(request, said)
            return redirect(address)
    context = {**vars(question), "cancel": question.back, "form": form, **(beside or {})}
    return render(request, question.template, context, status=422 if form.errors else 200)
