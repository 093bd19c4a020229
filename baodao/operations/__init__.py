"""What runs an installation: the `baodao` command, backups, the embedded PostgreSQL, set-up.

Empty of imports: `bootstrap` runs with the system's Python before any package is there.
"""
