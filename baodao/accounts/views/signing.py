"""Signing in: what happens after too many wrong passwords."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def locked_out(request: HttpRequest, *_ignored: object, **_more: object) -> HttpResponse:
    """Too many wrong passwords from here or for this name: try again in a quarter of an hour."""
    return render(request, "accounts/locked_out.html", status=429)
