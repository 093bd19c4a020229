"""The process that parses a workbook: limited, alone, and run as a script by `workbooks`.

It reads the file from standard input and writes marshalled messages, each after its length:
("sheet", title, hidden, first_row, first_column, merges), ("rows", [[cell, …], …]), and at the end
("end",) or ("error", reason). Row and column numbers count from zero. It imports nothing of ours.
"""

import io
import marshal
import resource
import signal
import struct
import sys
from itertools import islice
from typing import Any, BinaryIO

import python_calamine as calamine

BATCH = 2_000
PLAIN = (str, float, int, bool)


def send(out: BinaryIO, *message: object) -> None:
    body = marshal.dumps(message)
    out.write(struct.pack("<I", len(body)))
    out.write(body)
    out.flush()


def plain(rows: list[list[Any]]) -> list[list[Any]]:
    """Dates and times as ISO text: only those need their type changed to be marshalled."""
    return [
        [cell if isinstance(cell, PLAIN) else ("" if cell is None else str(cell)) for cell in row]
        for row in rows
    ]


def send_rows(out: BinaryIO, sheet: calamine.CalamineSheet) -> None:
    rows = sheet.iter_rows()
    while batch := list(islice(rows, BATCH)):
        try:
            body = marshal.dumps(("rows", batch))
        except ValueError:
            body = marshal.dumps(("rows", plain(batch)))
        out.write(struct.pack("<I", len(body)))
        out.write(body)


def send_sheets(out: BinaryIO, content: bytes, include_hidden: bool) -> None:
    with calamine.load_workbook(io.BytesIO(content)) as workbook:
        for index, known in enumerate(workbook.sheets_metadata):
            hidden = known.visible != calamine.SheetVisibleEnum.Visible
            if known.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if hidden and not include_hidden:
                send(out, "sheet", known.name, True, 0, 0, [])
                continue
            sheet = workbook.get_sheet_by_index(index)
            row, column = sheet.start or (0, 0)
            merges = sheet.merged_cell_ranges or []
            send(out, "sheet", known.name, hidden, row, column, merges)
            send_rows(out, sheet)


def limit(memory: int, seconds: int) -> None:
    """Ask the kernel to stop this process beyond `memory` bytes and `seconds` of processor."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)


def main(memory: int, seconds: int, include_hidden: bool) -> None:
    content = sys.stdin.buffer.read()
    out = sys.stdout.buffer
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
