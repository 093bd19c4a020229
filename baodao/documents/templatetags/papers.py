"""Filters with which templates draw the buttons of a paper, one for each medium that it has."""

import re

from django import template

from baodao.documents.catalogue import form_of
from baodao.documents.formats import Format

register = template.Library()
_ENDING = re.compile(r"\.[a-z]+(?=\?|$)")


@register.filter
def media_of(paper: str, which: str = "files") -> tuple[Format, ...]:
    """The media of the paper with this code: its `files`; the `usual` one of them alone; or `all`,
    the page first."""
    form = form_of(paper)
    if which == "usual":
        return form.files[:1]
    page = (Format.PAGE,) if which == "all" and Format.PAGE in form.formats else ()
    return (*page, *form.files)


@register.filter
def in_medium(address: str, medium: Format) -> str:
    """The address of the same paper in this medium: its path ends with the medium."""
    return _ENDING.sub(f".{medium}", address, count=1)
