"""A sealed number shown in full, once, to whoever says what for."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from baodao.kernel.errors import Refused
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded


def number_page(
    request: ActorRequest, form: Form, name: str, cancel: str, unmask: Callable[..., str]
) -> HttpResponse:
    """The page that asks what for (`form`); the one that answers shows the number that `unmask`
    gives for what was typed. `cancel` leads back to whose it is."""
    context = {"name": name, "form": form, "cancel": cancel}
    if form.is_valid():
        try:
            number = unmask(request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error("reason", worded(refused))
        else:
            return render(request, "ui/number.html", {**context, "number": number})
    return render(request, "ui/unmask.html", context, status=422 if form.errors else 200)
