"""Filters with which templates draw the filled blocks of a form."""

from django import template

from baodao.documents.html import beside, pieces, shares

register = template.Library()
register.filter("beside", beside)
register.filter("pieces", pieces)
register.filter("shares", shares)
