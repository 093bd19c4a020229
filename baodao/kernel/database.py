"""Where the database of an installation is reached: its two roles, and a socket of its own.

Standard library only: settings read it before Django is set up.
"""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

OWNER = "baodao_owner"
APP = "baodao_app"
DATABASE = "baodao"
PORT = 5432
SEQUENTIAL = "citus.multi_shard_modify_mode=sequential"
"""Of every connection to a cluster: a transaction that has written a table of all nodes may still
read the shards of another. Without it a slow read makes errors of "parallel operation"."""
SHORT = Path("/tmp")  # noqa: S108 — a socket's path holds about 100 bytes; ownership is checked


class Address:
    """How the embedded server whose files belong to `folder` is reached, started or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.abspath(folder))
        self.mark = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]

    @property
    def socket_folder(self) -> Path:
        """Where the socket is: always the same, in a folder that only its user and root enter."""
        if os.geteuid() != 0:
            return SHORT / f"baodao-{os.geteuid()}-{self.mark}"
        base = Path("/run") if os.access("/run", os.W_OK) else SHORT
        return base / f"baodao-{self.mark}"

    def dsn(self, role: str = APP, database: str = DATABASE) -> str:
        """The libpq keywords to connect as `role`."""
        return f"host={self.socket_folder} port={PORT} dbname={database} user={role}"

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """The address for `role` in the form that `BAODAO_DATABASE_URL` has."""
        host = quote(str(self.socket_folder), safe="")
        return f"postgresql://{role}@/{database}?host={host}&port={PORT}"
