"""The running demo city: its address, and what a person in it holds in their hand."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from baodao.kernel.crypto import key_ring
from tests.environment import ROOT

ACT = """
import json, sys, django
django.setup(set_prefix=False)
from tests.journeys import reforms
print(json.dumps([getattr(reforms, act)(*given) for act, *given in json.loads(sys.argv[1])]))
"""
"""Calls functions of `reforms` in a process of its own."""


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

    def done(self, *acts: tuple[str, ...]) -> list[Any]:
        """What functions of `reforms`, each named before what it is given, return one after
        the other, done in this city by commands."""
        environment = {
            **os.environ,
            "BAODAO_VAR": str(self.key_file.parent.parent),
            "DJANGO_SETTINGS_MODULE": "baodao.config.settings",
        }
        command = [sys.executable, "-c", ACT, json.dumps(acts)]
        answer = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        assert answer.returncode == 0, f"{acts} failed in the city"
        return list(json.loads(answer.stdout))
