"""The running demo city: its address, and what a person in it holds in their hand."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

from baodao.kernel.crypto import key_ring
from tests.environment import ROOT

ACT = """
import json, sys, django
django.setup(set_prefix=False)
from tests.journeys import reforms
for line in sys.stdin:
    done = [getattr(reforms, act)(*given) for act, *given in json.loads(line)]
    print(json.dumps(done), flush=True)
"""
"""Calls functions of `reforms`, a line of them at a time, until nothing more is asked."""


@dataclass(frozen=True)
class City:
    """`address` is where pages are, `dsn` where the facts are, for what a test cannot see on
    paper: the QR code of a letter and the identity number in somebody's pocket."""

    address: str
    dsn: str
    key_file: Path

    def residents_page_of(self, community: str) -> str:
        """The token in the QR code on the notice board of this community."""
        query = """SELECT page.token FROM needs_residentpage page
                   JOIN orgs_organisation place ON place.id = page.community_id
                   WHERE place.name = %s"""
        with psycopg.connect(self.dsn) as connection:
            row = connection.execute(query, [community]).fetchone()
        assert row is not None, f"{community} has no page for residents"
        return str(row[0])

    def letter_of(self, name: str) -> tuple[str, str]:
        """The token in the QR code of this person's letter, and the last six of their ID number."""
        query = """SELECT l.token, p.id_sealed FROM registration_letter l
                   JOIN people_person p ON p.id = l.person_id
                   WHERE p.name = %s ORDER BY l.issued_at DESC LIMIT 1"""
        with psycopg.connect(self.dsn) as connection:
            row = connection.execute(query, [name]).fetchone()
        assert row is not None, f"{name} has no letter"
        return row[0], key_ring(self.key_file).unseal(row[1], "id-number")[-6:]

    def last_paper(self, form: str) -> str:
        """The token in the QR code of the paper of this form that was issued last."""
        query = "SELECT token FROM documents_issue WHERE form = %s ORDER BY issued_at DESC LIMIT 1"
        with psycopg.connect(self.dsn) as connection:
            row = connection.execute(query, [form]).fetchone()
        assert row is not None, f"no {form} was issued"
        return str(row[0])

    def done(self, *acts: tuple[str, ...]) -> list[Any]:
        """What functions of `reforms`, each named before what it is given, return one after
        the other, done in this city by commands."""
        assert self._hand.stdin is not None
        assert self._hand.stdout is not None
        self._hand.stdin.write(json.dumps(acts) + "\n")
        self._hand.stdin.flush()
        answer = self._hand.stdout.readline()
        assert answer, f"{acts} failed in the city"
        return list(json.loads(answer))

    def leave(self) -> None:
        """Ask nothing more of it."""
        if "_hand" in self.__dict__:
            with self._hand as hand:
                hand.terminate()

    @cached_property
    def _hand(self) -> subprocess.Popen[str]:
        """The process that does what is asked, started at the first time."""
        environment = {
            **os.environ,
            "BAODAO_VAR": str(self.key_file.parent.parent),
            "DJANGO_SETTINGS_MODULE": "baodao.config.settings",
        }
        command = [sys.executable, "-c", ACT]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True
        )
