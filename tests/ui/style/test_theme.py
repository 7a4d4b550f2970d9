from __future__ import annotations

import re
import tomllib

import pytest
from PySide6.QtCore import QDir, QPoint, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPushButton, QSpinBox

from workbench.ui.style import theme
from workbench.ui.style.resources import resource_path

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


@pytest.fixture
def light_text():
    return resource_path("themes", "light.toml").read_text(encoding="utf-8")


def painted(widget):
    """The colour a button is filled with, beside its text."""
    return widget.grab().toImage().pixelColor(QPoint(6, widget.height() // 2)).name()


# The files


def test_that_both_themes_name_the_same_keys_in_the_same_order():
    light, dark = (tomllib.loads(resource_path("themes", f"{name}.toml").read_text()) for name in NAMES)
    assert {section: list(keys) for section, keys in light.items()} == {s: list(keys) for s, keys in dark.items()}


@pytest.mark.parametrize("name", NAMES)
def test_that_a_palette_holds_what_its_file_says(name):
    document = tomllib.loads(resource_path("themes", f"{name}.toml").read_text())
    palette = theme.load_palette(name)
    assert {key: getattr(palette, key).name() for key in theme.COLOUR_NAMES} == document["colours"]
    assert {key: getattr(palette, key) for key in theme.SPACING_NAMES} == document["spacing"]


@pytest.mark.parametrize("key", theme.COLOUR_NAMES + theme.SPACING_NAMES)
def test_that_a_missing_key_is_an_error_that_names_file_and_key(key, light_text, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(re.sub(rf"(?m)^{key} = .*\n", "", light_text))
    section = "colours" if key in theme.COLOUR_NAMES else "spacing"
    with pytest.raises(theme.ThemeError, match=rf"^own\.toml: {section}\.{key}: the key is missing$"):
        theme.read_palette(path)


@pytest.mark.parametrize("value", ['"red"', '"#12345"', '"#11223344"', '"#gggggg"', '""', "7", "true", '["#112233"]'])
def test_that_a_malformed_colour_is_an_error_that_names_file_and_key(value, light_text, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(re.sub(r"(?m)^accent = .*$", f"accent = {value}", light_text))
    with pytest.raises(theme.ThemeError, match=r"^own\.toml: colours\.accent: expected a colour"):
        theme.read_palette(path)


@pytest.mark.parametrize("value", ["-1", "0", "1.5", "101", "true", '"8"'])
def test_that_a_malformed_spacing_is_an_error_that_names_file_and_key(value, light_text, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(re.sub(r"(?m)^radius = .*$", f"radius = {value}", light_text))
    with pytest.raises(theme.ThemeError, match=r"^own\.toml: spacing\.radius: expected whole pixels"):
        theme.read_palette(path)


def test_that_a_key_nobody_knows_is_an_error_that_names_it(light_text, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(light_text.replace("[colours]", '[colours]\nacent = "#112233"'))
    with pytest.raises(theme.ThemeError, match=r"^own\.toml: colours\.acent: no such key is known$"):
        theme.read_palette(path)


@pytest.mark.parametrize("content", [b"", b"[spacing]\n", b"colours = 3\n", b"[colours", b"\xff\xfe", None])
def test_that_a_file_that_is_no_theme_is_an_error_that_names_it(content, tmp_path):
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(theme.ThemeError, match=r"^own\.toml: "):
        theme.read_palette(path)


# Stylesheet and QPalette


def test_that_the_template_has_no_colour_of_its_own():
    template = resource_path("themes", "stylesheet.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl", template)


@pytest.mark.parametrize("name", NAMES)
def test_that_every_placeholder_is_filled_in(name, qapp):
    text = theme.stylesheet(theme.load_palette(name))
    assert "$" not in text
    assert theme.load_palette(name).accent.name() in text


def test_that_a_placeholder_no_theme_has_is_an_error_that_names_it(monkeypatch, tmp_path, qapp):
    (tmp_path / "stylesheet.qss").write_text("QLabel { color: $colour_of_money; }")
    monkeypatch.setattr(theme, "resource_path", lambda *parts: tmp_path / parts[-1])
    palette = theme.read_palette(resource_path("themes", "light.toml"))
    with pytest.raises(theme.ThemeError, match=r"stylesheet\.qss.*colour_of_money"):
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
    palette = theme.widget_palette(theme.load_palette(name))
    roles = [role for role in QPalette.ColorRole if role.name not in {"NoRole", "NColorRoles"}]
    groups = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)
    assert all(palette.isBrushSet(group, role) for group in groups for role in roles)


def test_that_disabled_text_differs_from_enabled_text():
    palette = theme.widget_palette(theme.load_palette("dark"))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        assert palette.color(QPalette.ColorGroup.Disabled, role) != palette.color(QPalette.ColorGroup.Active, role)


def test_that_controls_grow_with_a_large_system_font(monkeypatch, qapp):
    palette = theme.load_palette("light")
    usual = theme.stylesheet(palette)
    large = QFont()
    large.setPointSize(40)
    monkeypatch.setattr(theme, "ui_font", lambda: large)
    height = re.compile(r"QPushButton \{[^}]*min-height: (\d+)px")
    assert int(height.search(usual)[1]) == palette.control_height - 2
    assert int(height.search(theme.stylesheet(palette))[1]) > palette.control_height


# Theme


def test_that_applying_dresses_the_application(application):
    current = theme.Theme("dark")
    current.apply(application)
    assert application.palette().color(QPalette.ColorRole.Window) == current.palette.window
    assert current.palette.accent.name() in application.styleSheet()
    assert current.is_dark
    application.setStyleSheet("")  # which hides the style behind it
    assert application.style().name() == "fusion"


def test_that_switching_is_live_and_announced(application, qtbot):
    current = theme.Theme("light")
    current.apply(application)
    with qtbot.waitSignal(current.palette_changed) as announced:
        current.set_mode("dark")
    assert announced.args == [theme.load_palette("dark")]
    assert current.mode == "dark"
    assert application.palette().color(QPalette.ColorRole.Window) == theme.load_palette("dark").window
    assert theme.load_palette("dark").accent.name() in application.styleSheet()


def test_that_a_widget_on_screen_changes_its_colours_with_the_theme(application, qtbot):
    current = theme.Theme("light")
    current.apply(application)
    button = QPushButton("Train")
    button.setProperty("primary", True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    qtbot.addWidget(button)
    button.show()
    assert painted(button) == theme.load_palette("light").accent.name()
    current.set_mode("dark")
    assert painted(button) == theme.load_palette("dark").accent.name()


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


def test_that_a_disabled_primary_button_does_not_invite(application, qtbot):
    current = theme.Theme("light")
    current.apply(application)
    button = QPushButton("Train")
    button.setProperty("primary", True)
    button.setEnabled(False)
    qtbot.addWidget(button)
    button.show()
    assert painted(button) == current.palette.raised_pressed.name()


def test_that_choosing_what_is_in_force_announces_nothing(application, qtbot):
    current = theme.Theme("light")
    current.apply(application)
    with qtbot.assertNotEmitted(current.palette_changed):
        current.set_mode("light")


def test_that_system_mode_follows_the_systems_colour_scheme(application, qtbot):
    current = theme.Theme("system")
    current.apply(application)
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current.is_dark
    assert application.palette().color(QPalette.ColorRole.Window) == theme.load_palette("dark").window
    with qtbot.waitSignal(current.palette_changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert not current.is_dark
    assert current.mode == "system"


def test_that_a_chosen_mode_ignores_the_systems_colour_scheme(application, qtbot):
    current = theme.Theme("light")
    current.apply(application)
    with qtbot.assertNotEmitted(current.palette_changed):
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not current.is_dark


def test_that_a_system_that_does_not_say_gets_the_light_theme(application):
    current = theme.Theme("system")
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert not current.is_dark


def test_that_going_back_to_system_asks_the_system(application):
    current = theme.Theme("dark")
    current.set_mode("system")
    assert current.is_dark == (QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark)


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
        theme.load_palette("light").accent = QColor("#000000")
