"""A couple at a computer, and what they ask a pause service for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core import requests
from safepause.core.origin import Origin
from safepause.core.pause import LetGo, Return, Undo

if TYPE_CHECKING:
    from safepause.core.requests import When
    from safepause.core.service import PauseService, Result


class Couple:
    """Two people with a service. Every method applies one command."""

    def __init__(self, service: PauseService, origin: Origin = Origin.WINDOW) -> None:
        """Ask `service`. The commands come from `origin`."""
        self.service = service
        self.origin = origin

    def call(self, by: str | None = None, when: When | None = None) -> Result:
        """Call a pause of a length, until an instant, or as agreed."""
        service = self.service
        command = requests.start(service.settings, service.clock, when, by=by)
        return service.apply(command, self.origin)

    def undo(self) -> Result:
        """Undo the pause."""
        return self.service.apply(Undo(self.service.clock.now()), self.origin)

    def extend(self, when: When) -> Result:
        """Set a new return time: a length more, or an instant."""
        command = requests.extend(self.service.pause, self.service.clock, when)
        return self.service.apply(command, self.origin)

    def come_back(self) -> Result:
        """Come back together."""
        return self.service.apply(Return(self.service.clock.now()), self.origin)

    def let_go(self) -> Result:
        """Let the pause go."""
        return self.service.apply(LetGo(self.service.clock.now()), self.origin)

    def forget_all(self) -> None:
        """Delete everything."""
        self.service.forget_all(self.service.clock.now(), self.origin)
