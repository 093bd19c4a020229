"""Writing what insight keeps: tallies, snapshots, issued tables."""

from baodao.insight.commands.snapshots import KEPT, ask_for_snapshot, take_snapshot
from baodao.insight.commands.tables import FORMS, issue_table
from baodao.insight.commands.tallies import take_records

__all__ = ["FORMS", "KEPT", "ask_for_snapshot", "issue_table", "take_records", "take_snapshot"]
