"""The program's and Qt's own texts in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from workbench.engine.paths import resource_path

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


def install_translations(application: QCoreApplication, language: str | None = None) -> None:
    """Install the translators in `resources/translations` for `language` (the system's if None).

    For a language without translations, the texts stay English.
    """
    locale = QLocale(language) if language else QLocale.system()
    places = (
        ("workbench", str(resource_path("translations"))),
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    )
    for name, folder in places:
        translator = QTranslator(application)
        if translator.load(locale, name, "_", folder):
            application.installTranslator(translator)
