import re

import pytest

from workbench.engine.paths import resource_path
from workbench.ui.style.palette import ThemeError
from workbench.ui.style.tokens import TOKEN_NAMES, read_tokens, tokens


@pytest.fixture
def text():
    return resource_path("themes", "tokens.toml").read_text(encoding="utf-8")


def test_that_every_token_is_in_the_file():
    assert all(getattr(tokens(), name) > 0 for name in TOKEN_NAMES)


@pytest.mark.parametrize("key", TOKEN_NAMES)
def test_that_a_missing_token_is_an_error_that_names_file_and_key(key, text, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(re.sub(rf"(?m)^{key} = .*\n", "", text))
    with pytest.raises(ThemeError, match=rf"^own\.toml: {key}: the key is missing$"):
        read_tokens(path)


@pytest.mark.parametrize("value", ["-1", "0", "1.5", "101", "true", '"8"'])
def test_that_a_malformed_distance_is_an_error_that_names_file_and_key(value, text, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(re.sub(r"(?m)^radius = .*$", f"radius = {value}", text))
    with pytest.raises(ThemeError, match=r"^own\.toml: radius\.radius: expected a whole number"):
        read_tokens(path)


def test_that_an_unknown_token_is_an_error_that_names_it(text, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(text.replace("[radius]", "[radius]\nradios = 3"))
    with pytest.raises(ThemeError, match=r"^own\.toml: radius\.radios: no such key is known$"):
        read_tokens(path)


@pytest.mark.parametrize("content", [b"", b"spacing = 3\n", b"[spacing", b"\xff\xfe", None])
def test_that_a_file_without_tokens_is_an_error_that_names_it(content, tmp_path):
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ThemeError, match=r"^own\.toml: "):
        read_tokens(path)


def test_that_the_stylesheet_uses_the_tokens_where_it_rounds_corners():
    sheet = resource_path("themes", "stylesheet.qss").read_text(encoding="utf-8")
    assert "${radius}px" in sheet
    assert "border-radius: 4px" not in sheet
