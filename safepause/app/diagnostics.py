"""Asks every feature what works on this computer, for `doctor` and the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safepause.core.capability import Capability, CapabilityKey, in_order
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepause.app.feature import Feature
    from safepause.core.faults import Faults


def examine(features: Iterable[tuple[CapabilityKey, Feature]], faults: Faults) -> list[Capability]:
    """Return what works here, in the order of `CapabilityKey`. Parts that broke don't work."""
    fine = _("Nothing has gone wrong since the start.")
    program = Capability(CapabilityKey.PROGRAM, available=True, why=fine)
    found = {program.key: program}

    def ask(feature: Feature) -> None:
        found.update({capability.key: capability for capability in feature.capabilities()})

    for part, feature in features:
        faults.guard(part, lambda feature=feature: ask(feature))  # type: ignore[misc]
    for part in faults.parts():
        found[part] = _broken(found.get(part), part, faults.kind(part))
    return in_order(found.values())


def _broken(known: Capability | None, part: CapabilityKey, kind: str) -> Capability:
    """Return the capability of a part that broke in this run."""
    why = _("Something went wrong here. ({detail})").format(detail=kind)
    advice = _("The log says more: safepause doctor --log")
    if known is None:
        return Capability(part, available=False, why=why, advice=advice)
    return replace(known, available=False, why=why, advice=advice)
