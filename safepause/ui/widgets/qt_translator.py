"""Qt's own words, such as those in the menu of a text field, in the language of ours.

They are asked for with the first window that has a text field: the program's start needs none.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from safepause.i18n.language import language

_KEYS = "QShortcut"
"""What Qt calls the names of keys by."""


class QtWords(QTranslator):
    """Translates all but the names of keys: those are ours to write, everywhere alike."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return what Qt says in `context`, translated; None lets Qt say it as it is."""
        if context == _KEYS:
            return None
        return super().translate(context, source, disambiguation, n)


def translate_qt() -> None:
    """Let Qt speak the language of the catalogue, if it knows that language; at most once."""
    app = QCoreApplication.instance()
    if not language() or app is None or app.findChild(QtWords) is not None:
        return
    translator = QtWords(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language()}", folder):
        app.installTranslator(translator)
