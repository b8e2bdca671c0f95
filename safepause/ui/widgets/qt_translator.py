"""Qt's own texts, such as the menu of a text field, in the language of the program.

The first window with a text field installs the translator. The tray icon needs no translator.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from safepause.i18n.language import language

_KEYS = "QShortcut"
"""The context of the names of keys in Qt's translations."""


class QtWords(QTranslator):
    """Translates all texts except the names of keys, which are the same in every language."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the translation, or None to have Qt use its own text."""
        if context == _KEYS:
            return None
        return super().translate(context, source, disambiguation, n)


def translate_qt() -> None:
    """Install the translator for the language of the catalogue, if Qt has one; at most once."""
    app = QCoreApplication.instance()
    if not language() or app is None or app.findChild(QtWords) is not None:
        return
    translator = QtWords(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language()}", folder):
        app.installTranslator(translator)
