"""Where the tests keep their files; loaded with `-p tests.environment` before Django's settings."""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from baodao.kernel.database import APP, OWNER

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "test"
VAR.mkdir(parents=True, exist_ok=True)
os.environ["BAODAO_VAR"] = str(VAR)
os.environ.pop("BAODAO_DATABASE_URL", None)
os.environ.pop("BAODAO_OWNER_DATABASE_URL", None)
os.environ.pop("BAODAO_CLUSTER", None)

CLUSTER_URL = os.environ.get("BAODAO_TEST_CLUSTER_URL", "")
"""Of a Citus cluster that somebody brings (`tests/clusters.py`); "" for the tests' own server."""
if CLUSTER_URL:
    parts = urlsplit(CLUSTER_URL)
    for name, role in (("BAODAO_DATABASE_URL", APP), ("BAODAO_OWNER_DATABASE_URL", OWNER)):
        os.environ[name] = urlunsplit(
            parts._replace(netloc=f"{role}@{parts.netloc.split('@')[-1]}")
        )
    os.environ["BAODAO_CLUSTER"] = "1"
