"""Filters with which templates draw the filled blocks of a form."""

from django import template

from baodao.documents.html import pieces, shares

register = template.Library()
register.filter("pieces", pieces)
register.filter("shares", shares)
