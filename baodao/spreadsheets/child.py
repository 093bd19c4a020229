"""The process that parses a workbook: limited, alone, and run as a script by `workbooks`.

It reads the file from standard input and writes messages, one JSON array a line:
["sheet", title, hidden, first_column, merges], ["rows", [[cell, …], …]] from the sheet's first row
on, and at the end ["end"] or ["error", reason]. Numbers of rows and columns count from zero. It
imports nothing of ours.
"""

import io
import json
import resource
import sys
from datetime import timedelta
from itertools import islice
from typing import NamedTuple, TextIO

import python_calamine as calamine

BATCH = 2_000
MAX_MERGES = 50_000


def text_of(moment: object) -> str:
    """Dates and times as ISO text; a length of time in hours, minutes and seconds, 39:15:00."""
    if not isinstance(moment, timedelta) or moment < timedelta():
        return str(moment)
    minutes, seconds = divmod(round(moment.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


ENCODE = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, default=text_of, separators=(",", ":")
).encode


class Bounds(NamedTuple):
    """What one workbook may take: bytes of memory, seconds of processor, rows, columns."""

    memory: int
    seconds: int
    rows: int
    columns: int


def send(out: TextIO, *message: object) -> None:
    out.write(ENCODE(message))
    out.write("\n")


def send_rows(out: TextIO, sheet: calamine.CalamineSheet) -> None:
    rows = sheet.iter_rows()
    while batch := list(islice(rows, BATCH)):
        send(out, "rows", batch)


def send_sheets(out: TextIO, content: bytes, bounds: Bounds, include_hidden: bool) -> None:
    with calamine.load_workbook(io.BytesIO(content)) as workbook:
        for index, known in enumerate(workbook.sheets_metadata):
            hidden = known.visible != calamine.SheetVisibleEnum.Visible
            if known.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if hidden and not include_hidden:
                send(out, "sheet", known.name, True, 0, [])
                continue
            sheet = workbook.get_sheet_by_index(index)
            bottom, right = sheet.end or (0, 0)
            if bottom >= bounds.rows or right >= bounds.columns:
                raise MemoryError
            _, column = sheet.start or (0, 0)
            merges = (sheet.merged_cell_ranges or [])[:MAX_MERGES]
            send(out, "sheet", known.name, hidden, column, merges)
            send_rows(out, sheet)


def limit(bounds: Bounds) -> None:
    """Ask the kernel to stop this process when it takes more."""
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(bounds: Bounds, include_hidden: bool) -> None:
    content = sys.stdin.buffer.read()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    out = sys.stdout
    limit(bounds)
    try:
        send_sheets(out, content, bounds, include_hidden)
        send(out, "end")
    except calamine.PasswordError:
        send(out, "error", "encrypted")
    except MemoryError:
        send(out, "error", "too-large")
    except (calamine.CalamineError, OSError, ValueError):
        send(out, "error", "truncated")


if __name__ == "__main__":
    main(Bounds(*map(int, sys.argv[1:5])), sys.argv[5] == "hidden")
