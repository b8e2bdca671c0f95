"""The words for saved data: what was kept, damaged or deleted, and what was not."""

from __future__ import annotations

from safepause.core.ports import NotAllForgotten, NotKept, Part, StoreNotice, Trouble
from safepause.i18n import words
from safepause.i18n.language import _, ngettext

ANEW = frozenset((Trouble.UNREADABLE, Trouble.DAMAGED))
"""The troubles after which all is saved again, though a part of the old data may be gone."""


def not_kept(detail: str) -> str:
    """Return the sentence for a pause that can't be saved, with the system's message."""
    return _(
        "The pause runs, but can't be saved: it ends with SafePause. "
        "Please check the disk, then try again. ({detail})"
    ).format(detail=detail)


def may_show_again(detail: str) -> str:
    """Return the sentence for the end of a pause that can't be saved."""
    return _(
        "It can't be saved, so the pause may show once more. "
        "Please check the disk, then try again. ({detail})"
    ).format(detail=detail)


def saved_now() -> str:
    """Return the sentence for what could be saved after another try."""
    return _("It is saved now.")


def not_saved(detail: str) -> str:
    """Return the sentence for a change that did not happen, because it can't be saved."""
    return _(
        "That can't be saved right now. Please check the disk, then try again. ({detail})"
    ).format(detail=detail)


def not_forgotten(error: NotKept) -> str:
    """Return the sentence for data that can't be deleted, or not all of it."""
    if not isinstance(error, NotAllForgotten):
        return _("Nothing was deleted. Please try again. ({detail})").format(detail=error.detail)
    left = ", ".join([*map(words.capability_label, error.parts), *error.files])
    sentence = _(
        "Please try again, or delete the rest yourself. ({detail}) "
        "Everything is deleted, except this: {left}"
    )
    return sentence.format(left=left, detail=error.detail)


def file_written(path: object) -> str:
    """Return the sentence for a file that a person wanted."""
    return _("Saved. It is here: {path}").format(path=path)


def file_not_written(detail: str, path: object) -> str:
    """Return the sentence for a file that can't be written."""
    return _("That can't be saved there. Please choose another place. ({detail}: {path})").format(
        detail=detail, path=path
    )


def trace_left() -> str:
    """Return the sentence for deleted data that another program still reads."""
    return _("Another program is reading the saved data. A trace is left until that ends.")


def store_notice(notice: StoreNotice) -> str:
    """Return the sentences for a problem with the saved data."""
    sentences = [_store_trouble(notice)]
    if notice.damaged:
        parts = ", ".join(_part(part) for part in notice.damaged)
        sentences.append(_("This was damaged: {parts}.").format(parts=parts))
    if notice.trouble is Trouble.UNREADABLE:
        sentences.append(_("Please look at your settings."))
    if notice.may_name:
        sentences.append(_("The old file may still name who asked for a pause."))
    sentences.append(_where(notice))
    return " ".join(filter(None, sentences))


def hidden_data(notice: StoreNotice) -> str:
    """Return the sentence for a command that needs saved data which can't be read."""
    sentences = {
        Trouble.SHARED: shared_folder(notice.path),
        Trouble.IN_USE: _("Another program is using your saved data. Please try again later."),
        Trouble.NEWER: _("Your saved data is from a newer SafePause. Please update SafePause."),
    }
    unread = _("Your saved data can't be read now. Please try again later. ({detail}: {path})")
    return sentences.get(notice.trouble, unread).format(path=notice.path, detail=notice.detail)


def shared_folder(folder: str) -> str:
    """Return the sentences for a folder that SafePause does not use, because others do."""
    return _(
        "Others use SafePause's folder, too. "
        "Please give it a folder of its own: set SAFEPAUSE_HOME to a new one. "
        "This one is shared: {folder}"
    ).format(folder=folder)


def unreadable(count: int) -> str:
    """Return the sentence for past pauses that are not in the list."""
    return ngettext(
        "{count} past pause can't be read.", "{count} past pauses can't be read.", count
    ).format(count=count)


def _part(part: Part) -> str:
    return {
        Part.PAUSE: _("the pause"),
        Part.OUTCOMES: _("past pauses"),
        Part.SETTINGS: _("settings"),
        Part.REQUESTS: _("answers to commands"),
    }[part]


def _store_trouble(notice: StoreNotice) -> str:
    """Return what happened, what still works, and what the person can do."""
    sentences = {
        Trouble.UNREADABLE: _("Your saved data can't be read. SafePause starts anew."),
        Trouble.DAMAGED: _("Some of your saved data was damaged. What can be read is kept."),
        Trouble.FOREIGN: _(
            "Another program's file is in the place of your saved data. "
            "Pauses work, but can't be saved. Please move it, then start SafePause again."
        ),
        Trouble.NEWER: _(
            "Your saved data is from a newer SafePause. It is left alone. "
            "Pauses work, but can't be saved. Please update SafePause."
        ),
        Trouble.IN_THE_WAY: _(
            "Something that is no file is in the place of your saved data. "
            "Pauses work, but can't be saved. Please move it, then start SafePause again."
        ),
        Trouble.READ_ONLY: _(
            "Your saved data can be read, not changed. Pauses work, but can't be saved. "
            "Please check the disk, then start SafePause again. ({detail})"
        ),
        Trouble.NOT_OPENED: _(
            "There is no place to save data. Pauses work, but can't be saved. "
            "Please check the disk, then start SafePause again. ({detail})"
        ),
        Trouble.IN_USE: _(
            "Another program is using your saved data. Pauses work, but can't be saved. "
            "Please end that program, then start SafePause again."
        ),
        Trouble.SHARED: _(
            "Others use SafePause's folder, too. Pauses work, but can't be saved. "
            "Please give it a folder of its own: set SAFEPAUSE_HOME to a new one."
        ),
    }
    return sentences[notice.trouble].format(detail=notice.detail)


def _where(notice: StoreNotice) -> str:
    """Return, as the last sentence, where the file or the folder is."""
    if notice.trouble in ANEW:
        where = _("The old file is here: {path}") if notice.moved_to else ""
        return where.format(path=notice.moved_to)
    silent = (Trouble.NEWER, Trouble.READ_ONLY)
    return "" if notice.trouble in silent else _("It is here: {path}").format(path=notice.path)
