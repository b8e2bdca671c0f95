"""Days and times as the person's locale writes them, in the language of the program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTime

from safepause.i18n.language import language

if TYPE_CHECKING:
    from datetime import date, datetime

_WEEK = 6
"""For how many days back a weekday's name is enough."""
_YEAR = re.compile(r"[\s,.]*(de )?'?y+\.?[\s,]*(G+|'\w+\.?')?\.?$|^y+[\u5e74\s,./-]*")
_WEEKDAY = re.compile(r"[\s,(]*d{3,}[\s,.)]*")


def locale() -> QLocale:
    """Return the locale of the computer, or that of the program's language if they differ."""
    system = QLocale.system()
    wanted = language() or "en"
    if system.name().partition("_")[0] == wanted.partition("_")[0]:
        return system
    return QLocale(wanted if language() else "en_GB")


def long_date(day: date, *, year: bool = False) -> str:
    """Return a day such as "23 November", or "23 November 2025" with `year`."""
    here = locale()
    pattern = _WEEKDAY.sub("", here.dateFormat(QLocale.FormatType.LongFormat))
    if not year:
        pattern = _YEAR.sub("", pattern)
    return here.toString(QDate(day.year, day.month, day.day), pattern.strip(" ,\u060c"))


def near_day(day: date, today: date) -> str:
    """Return a day as people say it: a weekday in the last week, else a date."""
    if 0 <= (today - day).days <= _WEEK:
        here = locale()
        return here.standaloneDayName(day.isoweekday(), QLocale.FormatType.LongFormat)
    return long_date(day, year=day.year != today.year)


def clock_time(local: datetime) -> str:
    """Return a time of day as the locale writes it."""
    time = QTime(local.hour, local.minute)
    return locale().toString(time, QLocale.FormatType.ShortFormat)
