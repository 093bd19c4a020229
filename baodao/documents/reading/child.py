"""The process that parses a workbook: limited, alone, and run as a script by `workbooks`.

It reads the file from standard input and writes messages, one JSON array a line:
["sheet", title, hidden, first_column, merges], ["rows", [[cell, …], …]] from the sheet's first row
on, and at the end ["end"] or ["error", reason]. Numbers of rows and columns count from zero. It
imports nothing of ours.
"""

import io
import json
import resource
import signal
import sys
from itertools import islice
from typing import TextIO

import python_calamine as calamine

BATCH = 2_000
MAX_MERGES = 50_000


def send(out: TextIO, *message: object) -> None:
    """Dates and times become ISO text."""
    out.write(json.dumps(message, ensure_ascii=False, default=str, separators=(",", ":")))
    out.write("\n")


def send_rows(out: TextIO, sheet: calamine.CalamineSheet) -> None:
    rows = sheet.iter_rows()
    while batch := list(islice(rows, BATCH)):
        send(out, "rows", batch)


def send_sheets(out: TextIO, content: bytes, include_hidden: bool) -> None:
    with calamine.load_workbook(io.BytesIO(content)) as workbook:
        for index, known in enumerate(workbook.sheets_metadata):
            hidden = known.visible != calamine.SheetVisibleEnum.Visible
            if known.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if hidden and not include_hidden:
                send(out, "sheet", known.name, True, 0, [])
                continue
            sheet = workbook.get_sheet_by_index(index)
            _, column = sheet.start or (0, 0)
            merges = (sheet.merged_cell_ranges or [])[:MAX_MERGES]
            send(out, "sheet", known.name, hidden, column, merges)
            send_rows(out, sheet)


def limit(memory: int, seconds: int) -> None:
    """Ask the kernel to stop this process beyond `memory` bytes and `seconds` of processor."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)


def main(memory: int, seconds: int, include_hidden: bool) -> None:
    content = sys.stdin.buffer.read()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    out = sys.stdout
    limit(memory, seconds)
    try:
        send_sheets(out, content, include_hidden)
        send(out, "end")
    except calamine.PasswordError:
        send(out, "error", "encrypted")
    except MemoryError:
        send(out, "error", "too-large")
    except (calamine.CalamineError, OSError, ValueError):
        send(out, "error", "truncated")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "hidden")
