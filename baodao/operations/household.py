"""A parent with child processes: kept alive, ended together, none left behind.

A child ends when its parent does, even when that was killed without a word: the parent keeps the
writing end of a pipe, and the child waits for the end of the other one.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

LEASH = "BAODAO_LEASH"
FAREWELL_SECONDS = 20
FORCED_SECONDS = 5
LONGEST_PAUSE = 30


def wear_leash() -> None:
    """In a child: end this process, as by SIGTERM, once the parent is gone."""
    end = os.environ.pop(LEASH, "")
    if end:
        threading.Thread(target=_watch, args=(int(end),), daemon=True).start()


def _watch(end: int) -> None:
    os.read(end, 1)
    os.kill(os.getpid(), signal.SIGTERM)


@dataclass
class Child:
    """One process. `lasting`: it is started again when it ends. `heard`: its output is kept."""

    name: str
    command: list[str]
    lasting: bool
    heard: bool
    process: subprocess.Popen[str]
    starts: int = 1
    started_at: float = field(default_factory=time.monotonic)

    def ended(self) -> bool:
        """Whether it is over, by itself or not."""
        return self.process.poll() is not None

    def signal(self, number: int) -> bool:
        """To it and to the processes it started; false when there is none left to hear it."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return False
        return True

    def end(self) -> None:
        """End by force what is left of it, and wait until all of that has let go of its files."""
        self.signal(signal.SIGKILL)
        self.process.wait()
        deadline = time.monotonic() + FORCED_SECONDS
        while self.signal(0) and time.monotonic() < deadline:
            time.sleep(0.02)


@dataclass
class Household:
    """The children, and the pipe by which they learn that their parent is gone."""

    environment: dict[str, str]
    children: list[Child] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._end, self._held = os.pipe()

    def add(self, name: str, *words: str, lasting: bool = False, heard: bool = False) -> Child:
        """Start `python -m <words>` as one more child."""
        command = [sys.executable, "-m", *words]
        child = Child(name, command, lasting, heard, self._start(command, heard=heard))
        self.children.append(child)
        return child

    def _start(self, command: list[str], *, heard: bool) -> subprocess.Popen[str]:
        """In a session of its own: a ctrl-C at the terminal reaches the parent alone."""
        return subprocess.Popen(
            command,
            env={**os.environ, **self.environment, LEASH: str(self._end)},
            pass_fds=[self._end],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if heard else None,
            text=True,
        )

    def hear(self, child: Child) -> str:
        """What a heard child printed, once it has ended or everything is asked to stop."""
        output: list[str] = []
        listener = threading.Thread(target=lambda: output.extend(child.process.communicate()))
        listener.start()
        while listener.is_alive() and not self.stopping.wait(0.05):
            continue
        if self.stopping.is_set():
            child.signal(signal.SIGTERM)
        listener.join()
        return output[0]

    def mend(self) -> None:
        """Start again what ended though it should last, each time after a longer pause."""
        for child in self.children:
            pause = min(child.starts, LONGEST_PAUSE)
            if child.lasting and child.ended() and time.monotonic() - child.started_at > pause:
                print(f"  {child.name} ended unexpectedly; started again", flush=True)
                child.end()
                child.process = self._start(child.command, heard=False)
                child.starts += 1
                child.started_at = time.monotonic()

    def keep(self) -> None:
        """Stay, and mend, until asked to stop."""
        while not self.stopping.wait(0.3):
            self.mend()

    def dissolve(self) -> None:
        """Ask every child to end, wait, end by force who does not."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + FAREWELL_SECONDS
        for child in self.children:
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                print(f"  {child.name} did not end in time; killed", flush=True)
            child.end()
        os.close(self._held)
        os.close(self._end)
