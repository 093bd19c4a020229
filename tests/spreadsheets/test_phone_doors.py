"""Every door reads a telephone by the one reader, however it is typed, and says when it cannot."""

import re
from collections.abc import Callable, Iterator

import pytest
from django import forms
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from baodao.needs.commands.residents import renew_page
from baodao.needs.models import Need
from baodao.partnership.models import UnitRegistration
from baodao.people.facts import FACTS, FactKind
from baodao.people.forms import FIELDS
from baodao.spreadsheets.fields import PhoneField
from baodao.spreadsheets.phones import legible, phone_of
from tests.registration.browsing import browser
from tests.world import World

MOBILE, OFFICE = "19900008888", "0990-5501111"
PHONES = {
    "１９９ ００００ ８８８８": MOBILE,
    "+86 199-0000-8888": MOBILE,
    "٣": None,
    "١٩٩٠٠٠٠٨٨٨٨": MOBILE,
    "199.0000.8888": MOBILE,
    "电话：19900008888": MOBILE,
    "（0990）５５０１１１１": OFFICE,
    "0990—5501111转801": f"{OFFICE}-801",
    "+86 990 5501111": OFFICE,
    "没有电话": None,
    "19900008888、19900009999": None,
}
"""As typed, and as kept where it is printed; None is refused."""


def settings(world: World, phone: str) -> tuple[HttpResponse, Callable[[], str]]:
    typed = {"contact_name": "戴文", "contact_phone": phone, "address": ""}
    answer = browser(world, "dai").post("/settings/contact/", typed)
    return answer, lambda: type(world.bureau).objects.get(pk=world.bureau.pk).contact_phone


def keeper(world: World, phone: str) -> tuple[HttpResponse, Callable[[], str]]:
    page = f"/organisations/{world.bureau.pk}/contact/"
    typed = {"contact_name": "戴文", "contact_phone": phone, "address": ""}
    answer = browser(world, "sun").post(page, typed)
    return answer, lambda: type(world.bureau).objects.get(pk=world.bureau.pk).contact_phone


def partner(world: World, phone: str) -> tuple[HttpResponse, Callable[[], str]]:
    typed = {"community": "柳荫社区", "secretary": "邓敏", "contact_name": "戴文"}
    typed |= {"contact_phone": MOBILE, "secretary_phone": phone}
    answer = browser(world, "dai").post("/unit-registration/present/", typed)
    return answer, lambda: UnitRegistration.objects.get().secretary_phone


def window(world: World, phone: str) -> tuple[HttpResponse, Callable[[], str]]:
    typed = {"text": "楼道灯坏了", "category": "convenience", "urgency": "normal"}
    typed |= {"source": "window", "phone": phone, "consent": "on"}
    answer = browser(world, "an").post("/needs/new/", typed)
    return answer, lambda: legible(Need.objects.get().phone)


def resident(world: World, phone: str) -> tuple[HttpResponse, Callable[[], str]]:
    token = renew_page(world.actor("an"), community_id=world.willow.pk).token
    typed = {"text": "楼道灯坏了", "category": "convenience", "urgency": "normal"}
    answer = Client().post(f"/ask/{token}/", typed | {"phone": phone, "consent": "on"})
    return answer, lambda: legible(Need.objects.get().phone)


@pytest.mark.parametrize("door", [settings, keeper, partner, window, resident])
@pytest.mark.parametrize("typed", PHONES)
def test_a_telephone_is_read_by_every_door_or_refused_there(
    world: World, door: Callable[..., tuple[HttpResponse, Callable[[], str]]], typed: str
) -> None:
    answer, kept = door(world, typed)
    if PHONES[typed] is not None:
        assert answer.status_code == 302, answer.context["form"].errors
        assert kept() == PHONES[typed]
        assert phone_of(kept()) == phone_of(typed), "what is printed is read as the same again"
        return
    assert answer.status_code == 422
    [name] = answer.context["form"].errors
    assert "phone" in name
    said = answer.context["form"].errors[name][0]
    assert re.search("不是电话号码，请核对|请只填一个", said)


def _forms(base: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for form in base.__subclasses__():
        yield form
        yield from _forms(form)


def test_every_field_for_a_telephone_is_read_by_the_one_reader() -> None:
    assert get_resolver().url_patterns, "the forms of all slices are loaded"
    own = {form for form in _forms(forms.Form) if form.__module__.startswith("baodao.")}
    fields = {
        f"{form.__qualname__}.{name}": type(field)
        for form in own
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if "phone" in name or field.widget.attrs.get("inputmode") == "tel"
    }
    assert len(fields) >= 5
    assert {name for name, field in fields.items() if field is not PhoneField} == set()
    [phone] = [fact for fact in FACTS if fact.kind is FactKind.PHONE]
    assert isinstance(FIELDS[FactKind.PHONE](phone), PhoneField)
