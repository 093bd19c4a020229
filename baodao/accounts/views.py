"""Signing in and out, acting for an organisation, preferences, and administrators' pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(
    request: HttpRequest, credentials: dict[str, str], *args: object, **kwargs: object
) -> HttpResponse:
    """Too many wrong passwords from here or for this name: try again in a quarter of an hour."""
    return render(request, "accounts/locked_out.html", status=429)
