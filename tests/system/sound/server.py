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
    from pathlib import Path

PROBE = ["pactl", "info"]
TOOLS = all(map(shutil.which, ("pulseaudio", "parec", "pactl")))


class SoundServer:
    """PulseAudio with a null sink, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Start it, and wait until it answers."""
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        self.address = f"unix:{runtime}/sound"
        self.env = {
            **os.environ,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_SERVER": self.address,
        }
        command = [
            *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
            *("--disable-shm=yes", "--log-level=error"),
            "--load=module-null-sink sink_name=ear rate=48000",
            f"--load=module-native-protocol-unix socket={runtime}/sound auth-anonymous=1",
        ]
        self._log = (folder / "log").open("wb")
        self._server = subprocess.Popen(command, env=self.env, stderr=self._log)
        clock = SystemClock()
        end = clock.monotonic() + 20
        while subprocess.run(PROBE, env=self.env, check=False, capture_output=True).returncode:
            assert clock.monotonic() < end, "PulseAudio does not start"

    def kill(self) -> None:
        """Let the server die."""
        self._server.kill()
        self._server.wait()
        self._log.close()


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
