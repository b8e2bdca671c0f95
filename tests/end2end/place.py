"""The place of a desktop: its time zone, and with it the time of day, and its language.

The tests hold in any place. language.py has the words of a language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tests.zones import zone_of

ENGLISH = "C.UTF-8"
_HALF_A_DAY = timedelta(hours=12)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Place:
    """A time zone and a language."""

    zone: str = "UTC"
    """As in the variable TZ."""
    locale: str = ENGLISH
    """As in the variable LANG: "de_DE.UTF-8"."""

    def environment(self) -> dict[str, str]:
        """Return the variables for the zone and the language."""
        return {"LANG": self.locale, "TZ": self.zone}

    def clock_time(self, instant: datetime) -> str:
        """Return the local time of an instant, such as "20:40"."""
        return instant.astimezone(zone_of(self.zone)).strftime("%H:%M")

    def day(self, instant: datetime) -> date:
        """Return the local day of an instant."""
        return instant.astimezone(zone_of(self.zone)).date()


def zone_where_it_is(hour: time) -> str:
    """Return a zone in which it is `hour` now. So no clock has to be set."""
    now = datetime.now(UTC)
    ahead = datetime.combine(now.date(), hour, UTC) - now
    east = (ahead + _HALF_A_DAY) % (2 * _HALF_A_DAY) - _HALF_A_DAY
    hours, minutes = divmod(round(abs(east) / _MINUTE), 60)
    return (
        f"HERE{'-' if east > timedelta(0) else '+'}{hours:02}:{minutes:02}"  # TZ counts westwards
    )
