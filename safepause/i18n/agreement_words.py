"""The six sentences of the agreement, with the choices that stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from safepause.i18n import words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepause.core.settings.catalogue import Settings

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence."""

    text: str
    own: bool = False
    """Whether it may be a person's own word, in any writing direction."""
    chosen: bool = False
    """Whether it is a choice of this sentence."""

    @property
    def shown(self) -> str:
        """The part, with marks around a word of another direction."""
        return words.name(self.text) if self.own else self.text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the agreement."""

    template: str
    """The words, with a place in braces for each choice."""
    choices: dict[str, str]
    """What stands in each place."""
    keys: tuple[str, ...] = ()
    """The settings that a person changes in this sentence, in their order."""
    names: dict[str, str] = field(default_factory=dict)
    """What stands in a place, and is chosen in another sentence."""

    @property
    def text(self) -> str:
        """The whole sentence, as it is heard."""
        return "".join(part.text for part in self.parts())

    @property
    def shown(self) -> str:
        """The whole sentence, as it is read: a name keeps its writing direction for itself."""
        return "".join(part.shown for part in self.parts())

    def parts(self) -> Iterator[Part]:
        """Yield the parts of the sentence."""
        for number, part in enumerate(_PLACE.split(self.template)):
            if number % 2:
                chosen = part in self.choices
                yield Part((self.choices if chosen else self.names)[part], own=True, chosen=chosen)
            elif part:
                yield Part(part)


def sentences(settings: Settings) -> tuple[Sentence, ...]:
    """Return the six sentences for the present terms."""
    return (
        _who(settings),
        Sentence(
            _("Our sign: {sign}, or the key."),
            {"sign": settings.text("sign") or signs()[0]},
            ("sign",),
        ),
        _where(settings),
        Sentence(
            _("Children or pets: {children}."),
            {"children": settings.text("children") or carers()[0]},
            ("children",),
        ),
        Sentence(_("No texts, no last word, no slammed door."), {}),
        Sentence(
            _("We come back on time, ready or not. More time: {times}."),
            {"times": more_time(settings.number("extensions"))},
            ("extensions",),
        ),
    )


def signs() -> tuple[str, ...]:
    """Return signs that a couple can choose; the first one is the usual one."""
    return _("a hand on the heart"), _("two hands as a T"), _("the word \u201clighthouse\u201d")


def carers() -> tuple[str, ...]:
    """Return who may look after children or pets; the first one is the usual one."""
    return _("whoever did not ask"), _("we take turns"), _("none with us")


def places() -> tuple[str, ...]:
    """Return where a person may go; the first one is the usual one."""
    return _("a quiet place"), _("bedroom"), _("garden"), _("a walk")


def more_time(times: int) -> str:
    """Return how often the couple may ask for more time."""
    return (_("not at all"), _("once"), _("twice"), _("three times"))[times]


def _who(settings: Settings) -> Sentence:
    names, keys = settings.agreement.names, ("name1", "name2")
    if not names:
        either = {"either": _("Either of us")}
        return Sentence(_("{either} may pause, any time. No reason needed."), either, keys)
    one, other = names[0], _("the other one") if len(names) == 1 else names[1]
    template = _("{one} or {other} may pause, any time. No reason needed.")
    return Sentence(template, {"one": one, "other": other}, keys)


def _where(settings: Settings) -> Sentence:
    template = _("We part for {length}. {one}: {place1}. {other}: {place2}.")
    name1 = settings.text("name1") or _("One of us")
    name2 = settings.text("name2") or _("The other")
    choices = {
        "length": words.long_length(timedelta(minutes=settings.number("length"))),
        "place1": settings.text("place1") or places()[0],
        "place2": settings.text("place2") or places()[0],
    }
    names = {"one": name1, "other": name2}
    return Sentence(template, choices, ("length", "place1", "place2"), names)
