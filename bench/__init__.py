"""Benchmarks, one script a workload: `python -m bench.<name> [--quick | --full]`.

Importing this package sets Django up on a database of the benchmarks' own in `var/bench`.
"""

import os
from pathlib import Path

import django

VAR = Path(__file__).resolve().parent.parent / "var" / "bench"
VAR.mkdir(parents=True, exist_ok=True)
os.environ["BAODAO_VAR"] = str(VAR)
os.environ["DJANGO_SETTINGS_MODULE"] = "baodao.config.settings"
os.environ.pop("BAODAO_DATABASE_URL", None)
os.environ.pop("BAODAO_OWNER_DATABASE_URL", None)
django.setup()
