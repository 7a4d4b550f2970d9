from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QDir, QPoint, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPushButton, QSpinBox

from workbench.engine.paths import resource_path
from workbench.ui.plotting.branches.branch_view import BranchView
from workbench.ui.style import theme
from workbench.ui.style.palette import ThemeError, load_palette, read_palette
from workbench.ui.style.tokens import tokens

NAMES = ("light", "dark")


@pytest.fixture
def application(qapp):
    """The application, put back as it was afterwards."""
    style, palette, font = qapp.style().name(), qapp.palette(), qapp.font()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)
    QDir.setSearchPaths("theme", [])


def painted(widget):
    """The colour a button is filled with, beside its text."""
    return widget.grab().toImage().pixelColor(QPoint(6, widget.height() // 2)).name()


# Stylesheet and QPalette


def test_that_the_template_has_no_colour_of_its_own():
    template = resource_path("themes", "stylesheet.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl", template)


def test_that_the_template_knows_our_own_classes_by_their_names():
    template = resource_path("themes", "stylesheet.qss").read_text(encoding="utf-8")
    selectors = re.sub(r"/\*.*?\*/|\{.*?\}", " ", re.sub(r"\$\{\w+\}", "", template), flags=re.DOTALL)
    names = set(re.findall(r"(?<![\w:=\"-])[A-Z]\w+", selectors))
    assert {name for name in names if not name.startswith("Q")} == {BranchView.__name__}


@pytest.mark.parametrize("name", NAMES)
def test_that_every_placeholder_is_filled_in(name, qapp):
    text = theme.stylesheet(load_palette(name))
    assert "$" not in text
    assert load_palette(name).accent.name() in text


def test_that_an_unknown_placeholder_is_an_error_that_names_it(monkeypatch, tmp_path, qapp):
    (tmp_path / "stylesheet.qss").write_text("QLabel { color: $colour_of_money; }")
    monkeypatch.setattr(theme, "resource_path", lambda *parts: tmp_path / parts[-1])
    palette = read_palette(resource_path("themes", "light.toml"))
    with pytest.raises(ThemeError, match=r"stylesheet\.qss.*colour_of_money"):
        theme.stylesheet(palette)


@pytest.mark.parametrize("name", NAMES)
def test_that_qt_understands_the_stylesheet_and_finds_its_pictures(name, application, qtlog):
    current = theme.Theme(name)
    current.apply(application)
    button = QPushButton()
    button.grab()
    pictures = set(re.findall(r'url\("([^"]+)"\)', application.styleSheet()))
    assert pictures
    assert all(QDir.searchPaths("theme") and re.fullmatch(r"theme:\w+-[0-9a-f]{6}\.svg", url) for url in pictures)
    folder = QDir(QDir.searchPaths("theme")[0])
    assert all(folder.exists(url.removeprefix("theme:")) for url in pictures)
    assert not qtlog.records


@pytest.mark.parametrize("name", NAMES)
def test_that_every_role_of_the_palette_is_set_in_every_group(name):
    palette = theme.widget_palette(load_palette(name))
    roles = [role for role in QPalette.ColorRole if role.name not in {"NoRole", "NColorRoles"}]
    groups = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)
    assert all(palette.isBrushSet(group, role) for group in groups for role in roles)


def test_that_disabled_text_differs_from_enabled_text():
    palette = theme.widget_palette(load_palette("dark"))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        assert palette.color(QPalette.ColorGroup.Disabled, role) != palette.color(QPalette.ColorGroup.Active, role)


def test_that_controls_grow_with_a_large_system_font(monkeypatch, qapp):
    palette = load_palette("light")
    usual = theme.stylesheet(palette)
    large = QFont()
    large.setPointSize(40)
    monkeypatch.setattr(theme, "ui_font", lambda: large)
    height = re.compile(r"QPushButton \{[^}]*min-height: (\d+)px")
    assert int(height.search(usual)[1]) == tokens().control_height - 2
    assert int(height.search(theme.stylesheet(palette))[1]) > tokens().control_height


# Theme


def test_that_a_theme_is_applied_to_the_application(application):
    current = theme.Theme("dark")
    current.apply(application)
    assert application.palette().color(QPalette.ColorRole.Window) == current.palette.window
    assert current.palette.accent.name() in application.styleSheet()
    assert current.palette is load_palette("dark")
    application.setStyleSheet("")  # which hides the style behind it
    assert application.style().name() == "fusion"


def test_that_another_theme_is_applied_at_once_and_emitted(application, qtbot):
    current = theme.Theme("light")
    current.apply(application)
    with qtbot.waitSignal(current.palette_changed) as announced:
        current.set_mode("dark")
    assert announced.args == [load_palette("dark")]
    assert current.mode == "dark"
    assert application.palette().color(QPalette.ColorRole.Window) == load_palette("dark").window
    assert load_palette("dark").accent.name() in application.styleSheet()


def test_that_a_widget_on_screen_changes_its_colours_with_the_theme(application, qtbot):
    current = theme.Theme("light")
    current.apply(application)
    button = QPushButton("Train")
    button.setProperty("primary", True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    qtbot.addWidget(button)
    button.show()
    assert painted(button) == load_palette("light").accent.name()
    current.set_mode("dark")
    assert painted(button) == load_palette("dark").accent.name()


@pytest.mark.parametrize(("variant", "colour"), [("primary", "accent"), ("danger", "danger"), (None, "raised")])
def test_that_a_property_chooses_the_variant_of_a_button(variant, colour, application, qtbot):
    current = theme.Theme("dark")
    current.apply(application)
    button = QPushButton("Run")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if variant:
        button.setProperty(variant, True)
    qtbot.addWidget(button)
    button.show()
    assert painted(button) == getattr(current.palette, colour).name()


def test_that_a_disabled_primary_button_does_not_have_the_accent_colour(application, qtbot):
    current = theme.Theme("light")
    current.apply(application)
    button = QPushButton("Train")
    button.setProperty("primary", True)
    button.setEnabled(False)
    qtbot.addWidget(button)
    button.show()
    assert painted(button) == current.palette.raised_pressed.name()


def test_that_choosing_the_theme_in_use_emits_nothing(application, qtbot):
    current = theme.Theme("light")
    current.apply(application)
    with qtbot.assertNotEmitted(current.palette_changed):
        current.set_mode("light")


def test_that_system_mode_follows_the_systems_colour_scheme(application, qtbot):
    current = theme.Theme("system")
    current.apply(application)
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current.palette is load_palette("dark")
    assert application.palette().color(QPalette.ColorRole.Window) == load_palette("dark").window
    with qtbot.waitSignal(current.palette_changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert current.palette is load_palette("light")
    assert current.mode == "system"


def test_that_a_chosen_mode_ignores_the_systems_colour_scheme(application, qtbot):
    current = theme.Theme("light")
    current.apply(application)
    with qtbot.assertNotEmitted(current.palette_changed):
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current.palette is load_palette("light")


def test_that_a_system_that_does_not_say_gets_the_light_theme(application):
    current = theme.Theme("system")
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert current.palette is load_palette("light")


def test_that_system_mode_reads_the_systems_colour_scheme_again(application):
    current = theme.Theme("dark")
    current.set_mode("system")
    assert (current.palette is load_palette("dark")) == (
        QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    )


@pytest.mark.parametrize("mode", ["", "Dark", "solarized"])
def test_that_an_unknown_mode_is_refused_and_changes_nothing(mode, application):
    current = theme.Theme("dark")
    with pytest.raises(ValueError, match="there are: system, light, dark"):
        current.set_mode(mode)
    assert current.mode == "dark"


# What Qt's stylesheets get wrong


@pytest.mark.parametrize("buttons", list(QAbstractSpinBox.ButtonSymbols))
def test_that_the_number_in_a_spin_box_has_room(buttons, application, qtbot):
    theme.Theme("light").apply(application)
    box = QSpinBox()
    box.setButtonSymbols(buttons)
    qtbot.addWidget(box)
    box.resize(120, 28)
    box.show()
    assert box.findChild(QLineEdit).width() >= 60


def test_that_keyboard_focus_moves_nothing(application, qtbot):
    theme.Theme("light").apply(application)
    for widget in (QPushButton("Train"), QLineEdit("0.001")):
        qtbot.addWidget(widget)
        widget.show()
        size = widget.sizeHint()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        widget.window().activateWindow()
        qtbot.waitUntil(widget.hasFocus)
        assert widget.sizeHint() == size


# Fonts


def test_that_the_fonts_are_large_enough_and_equally_large(qapp):
    assert theme.ui_font().pointSizeF() >= 10
    assert theme.fixed_font().pointSizeF() == theme.ui_font().pointSizeF()
    assert theme.fixed_font().styleHint() == QFont.StyleHint.Monospace


def test_that_a_system_font_that_is_large_stays_large(monkeypatch, qapp):
    large = QFont()
    large.setPointSize(17)
    monkeypatch.setattr(theme.QFontDatabase, "systemFont", staticmethod(lambda _kind: QFont(large)))
    assert theme.ui_font().pointSizeF() == 17
    assert theme.fixed_font().pointSizeF() == 17


def test_that_a_palette_cannot_be_changed_by_assignment():
    with pytest.raises(AttributeError):
        load_palette("light").accent = QColor("#000000")


def test_that_letters_and_digits_of_a_korean_window_come_from_one_font(qapp, monkeypatch):
    class Fonts:
        WritingSystem, SystemFont = QFontDatabase.WritingSystem, QFontDatabase.SystemFont
        systemFont = QFontDatabase.systemFont  # noqa: N815

        @staticmethod
        def families():
            return ["DejaVu Sans", "NanumGothic", "Malgun Gothic"]

        @staticmethod
        def writingSystems(_family):  # noqa: N802
            return [QFontDatabase.WritingSystem.Latin]

    monkeypatch.setattr(theme, "QFontDatabase", Fonts)
    english = theme.ui_font().family()
    monkeypatch.setattr(theme, "current_language", lambda: "ko")
    assert theme.ui_font().family() == "NanumGothic"
    monkeypatch.setattr(Fonts, "writingSystems", lambda _family: [QFontDatabase.WritingSystem.Korean])
    assert theme.ui_font().family() == english
