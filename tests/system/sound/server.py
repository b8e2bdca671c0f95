"""A real PulseAudio server without a loudspeaker, and an ear that records what it plays."""

from __future__ import annotations

import os
import shutil
import subprocess
from array import array
from threading import Thread
from typing import IO, TYPE_CHECKING

from safepause.core.clock import SystemClock
from safepause.core.sound import RATE

if TYPE_CHECKING:
    import signal
    from pathlib import Path

PROBE = ["pactl", "info"]
TOOLS = all(map(shutil.which, ("pulseaudio", "parec", "pactl")))


class SoundServer:
    """PulseAudio with a null sink, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Start it, and wait until it answers."""
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        self._socket = runtime / "sound"
        self.address = f"unix:{self._socket}"
        self.env = {
            **os.environ,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_SERVER": self.address,
        }
        self._log = folder / "log"
        self.start()

    def start(self) -> None:
        """Start it at the same address, and wait until it answers."""
        self._socket.unlink(missing_ok=True)  # one that was killed leaves it
        command = [
            *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
            *("--disable-shm=yes", "--log-level=error"),
            "--load=module-null-sink sink_name=ear rate=48000",
            f"--load=module-native-protocol-unix socket={self._socket} auth-anonymous=1",
        ]
        with self._log.open("ab") as log:
            self._server = subprocess.Popen(command, env=self.env, stderr=log)
        clock = SystemClock()
        end = clock.monotonic() + 20
        while subprocess.run(PROBE, env=self.env, check=False, capture_output=True).returncode:
            assert clock.monotonic() < end, "PulseAudio does not start"

    def kill(self) -> None:
        """Let the server die. May be called twice."""
        self._server.kill()
        self._server.wait()

    def send(self, number: signal.Signals) -> None:
        """Send a Unix signal to the server, such as SIGSTOP."""
        self._server.send_signal(number)

    def clients(self, pid: int) -> int:
        """Return how many connections a process has to the server."""
        done = subprocess.run(
            ["pactl", "list", "clients"], env=self.env, check=True, capture_output=True, text=True
        )
        return done.stdout.count(f'application.process.id = "{pid}"')


class Ear:
    """Records the null sink's monitor, and when each sample was heard."""

    def __init__(self, server: SoundServer) -> None:
        """Record from now on."""
        self.samples = array("h")
        self._clock = SystemClock()
        self._began: list[float] = []
        command = [
            *("parec", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1"),
            *("--latency-msec=10", "--device=ear.monitor"),
        ]
        self._recorder = subprocess.Popen(command, env=server.env, stdout=subprocess.PIPE)
        assert self._recorder.stdout is not None
        self._thread = Thread(target=self._listen, args=(self._recorder.stdout,))
        self._thread.start()

    def stop(self) -> None:
        """Stop recording."""
        self._recorder.kill()
        self._thread.join()
        self._recorder.wait()
        if self._recorder.stdout is not None:
            self._recorder.stdout.close()

    def began(self) -> float:
        """Return when the first sample was heard: no slice can come before it was heard."""
        return min(self._began[len(self._began) // 2 :])

    def _listen(self, pipe: IO[bytes]) -> None:
        rest = b""
        while data := os.read(pipe.fileno(), 4096):
            data = rest + data
            rest = data[len(data) // 2 * 2 :]
            self.samples.frombytes(data[: len(data) // 2 * 2])
            self._began.append(self._clock.monotonic() - len(self.samples) / RATE)
