"""The program's and Qt's own texts in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from workbench.engine.paths import resource_path
from workbench.engine.translation import ENGLISH, Catalog, current_language, use_language

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication, QObject

__all__ = ["CatalogTranslator", "current_language", "install_translations"]

KEYS_OF_QT: Final = "QShortcut"
"""Qt's context for the names of keys: they stay as keyboards have them. Qt's Korean calls the Shift key a movement."""


class CatalogTranslator(QTranslator):
    """Gives Qt the translations of a catalog."""

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog

    def isEmpty(self) -> bool:  # noqa: N802
        """Never: Qt does not ask an empty translator."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The translation; None where there is none, so that Qt asks the next translator."""
        if context == KEYS_OF_QT:
            return source
        return self._catalog.find(context, source) or None


def install_translations(application: QCoreApplication, language: str) -> None:
    """Show what is built from now on in `language`, one of `LANGUAGES`, in place of any other language."""
    for earlier in application.findChildren(QTranslator):
        application.removeTranslator(earlier)
        earlier.deleteLater()
    catalog = use_language(language, resource_path("translations"))
    locale = QLocale(language)
    # Numbers and dates as the system has them, where it speaks this language, or one that the program does not.
    is_systems = language == ENGLISH or QLocale.system().language() == locale.language()
    QLocale.setDefault(QLocale.system() if is_systems else locale)
    if language == ENGLISH:
        return
    qt_texts = QTranslator(application)
    if qt_texts.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qt_texts)
    # Qt asks the one that was installed last first.
    application.installTranslator(CatalogTranslator(catalog, application))
