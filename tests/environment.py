"""Where the tests keep their files; loaded with `-p tests.environment` before Django's settings."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "test"
VAR.mkdir(parents=True, exist_ok=True)
os.environ["BAODAO_VAR"] = str(VAR)
os.environ.pop("BAODAO_DATABASE_URL", None)
os.environ.pop("BAODAO_OWNER_DATABASE_URL", None)
