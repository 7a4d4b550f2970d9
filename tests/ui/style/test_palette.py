import re
import tomllib

import pytest

from workbench.engine.paths import resource_path
from workbench.ui.style.palette import COLOUR_NAMES, ThemeError, load_palette, read_palette

NAMES = ("light", "dark")


@pytest.fixture
def light_text():
    return resource_path("themes", "light.toml").read_text(encoding="utf-8")


def test_that_both_themes_name_the_same_keys_in_the_same_order():
    light, dark = (tomllib.loads(resource_path("themes", f"{name}.toml").read_text()) for name in NAMES)
    assert {section: list(keys) for section, keys in light.items()} == {s: list(keys) for s, keys in dark.items()}


@pytest.mark.parametrize("name", NAMES)
def test_that_a_palette_holds_what_its_file_says(name):
    document = tomllib.loads(resource_path("themes", f"{name}.toml").read_text())
    palette = load_palette(name)
    assert {key: getattr(palette, key).name() for key in COLOUR_NAMES} == document["colours"]


@pytest.mark.parametrize("key", COLOUR_NAMES)
def test_that_a_missing_key_is_an_error_that_names_file_and_key(key, light_text, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(re.sub(rf"(?m)^{key} = .*\n", "", light_text))
    with pytest.raises(ThemeError, match=rf"^own\.toml: colours\.{key}: the key is missing$"):
        read_palette(path)


@pytest.mark.parametrize("value", ['"red"', '"#12345"', '"#11223344"', '"#gggggg"', '""', "7", "true", '["#112233"]'])
def test_that_a_malformed_colour_is_an_error_that_names_file_and_key(value, light_text, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(re.sub(r"(?m)^accent = .*$", f"accent = {value}", light_text))
    with pytest.raises(ThemeError, match=r"^own\.toml: colours\.accent: expected a colour"):
        read_palette(path)


def test_that_an_unknown_key_is_an_error_that_names_it(light_text, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(light_text.replace("[colours]", '[colours]\nacent = "#112233"'))
    with pytest.raises(ThemeError, match=r"^own\.toml: colours\.acent: no such key is known$"):
        read_palette(path)


@pytest.mark.parametrize("content", [b"", b"[spacing]\n", b"colours = 3\n", b"[colours", b"\xff\xfe", None])
def test_that_a_file_that_is_no_theme_is_an_error_that_names_it(content, tmp_path):
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ThemeError, match=r"^own\.toml: "):
        read_palette(path)
