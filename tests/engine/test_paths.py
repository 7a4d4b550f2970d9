from __future__ import annotations

import os
from pathlib import Path

import pytest

from workbench.engine import paths
from workbench.engine.errors import UsageError
from workbench.engine.paths import data_root, find_resource_folder, resource_path, store_folder


def test_that_the_chosen_data_root_comes_before_all_others(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "environment"))
    assert data_root(tmp_path / "chosen") == tmp_path / "chosen"


def test_that_the_environment_comes_before_the_folder_data(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "environment"))
    assert data_root() == tmp_path / "environment"
    monkeypatch.setenv("WORKBENCH_DATA", "")
    assert data_root() == tmp_path / "data"


def test_that_without_a_folder_data_the_root_is_the_users_own(tmp_path, monkeypatch, own_home):
    monkeypatch.chdir(tmp_path)
    root = data_root()
    assert own_home in root.parents
    assert not root.exists(), "asking makes no folder"


def test_that_a_tilde_is_the_home_folder(own_home, monkeypatch):
    assert data_root(Path("~/sets")) == own_home / "sets"
    monkeypatch.setenv("WORKBENCH_DATA", "~/others")
    assert data_root() == own_home / "others"
    monkeypatch.setenv("WORKBENCH_STORE", "~/mine")
    assert store_folder() == own_home / "mine"


def test_that_the_store_is_in_the_chosen_folder_else_the_environments_else_the_users(own_home, monkeypatch, tmp_path):
    monkeypatch.delenv("WORKBENCH_STORE", raising=False)
    assert own_home in store_folder().parents
    monkeypatch.setenv("WORKBENCH_STORE", "~/mine")
    assert store_folder() == own_home / "mine"
    assert store_folder(tmp_path) == tmp_path


def test_that_a_checkout_finds_its_resources_beside_the_package(tmp_path):
    (tmp_path / "resources" / "themes").mkdir(parents=True)
    package = tmp_path / "workbench"
    assert find_resource_folder(package) == tmp_path / "resources"


def test_that_an_installed_package_prefers_the_resources_inside_it(tmp_path):
    package = tmp_path / "workbench"
    (package / "resources" / "themes").mkdir(parents=True)
    (tmp_path / "resources" / "themes").mkdir(parents=True)
    assert find_resource_folder(package) == package / "resources"


def test_that_a_folder_of_the_same_name_that_is_not_ours_is_passed_over(tmp_path):
    package = tmp_path / "workbench"
    (package / "resources").mkdir(parents=True)
    (tmp_path / "resources" / "themes").mkdir(parents=True)
    assert find_resource_folder(package) == tmp_path / "resources"


def test_that_missing_resources_are_one_clear_sentence(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"resources are missing.*reinstall"):
        find_resource_folder(tmp_path / "workbench")


def test_that_the_programs_own_resources_are_found():
    assert resource_path("themes", "light.toml").is_file()
    assert resource_path("icons", "app.svg").is_file()
    assert resource_path("data", "fashion-mnist-mini", "LICENSE").is_file()


@pytest.mark.skipif(os.name != "posix", reason="home folders as POSIX knows them")
def test_that_an_unknown_user_or_a_character_no_path_holds_is_a_sentence(monkeypatch):
    for path in ("~no-such-user/x", "x\0y"):
        with pytest.raises(UsageError, match=r"x"):
            data_root(Path(path))
        with pytest.raises(UsageError, match=r"x"):
            store_folder(Path(path))
    monkeypatch.setenv("WORKBENCH_STORE", "~no-such-user/x")
    with pytest.raises(UsageError, match="home folder that does not exist"):
        store_folder()


@pytest.mark.parametrize("answer", [Path("~/.local/share/x"), RuntimeError("no home")])
def test_that_a_user_without_a_home_folder_is_asked_to_set_one(monkeypatch, answer):
    def ask(*_, **__):
        if isinstance(answer, Path):
            return answer
        raise answer

    monkeypatch.setattr(paths.platformdirs, "user_data_path", ask)
    monkeypatch.delenv("WORKBENCH_STORE", raising=False)
    with pytest.raises(UsageError, match="set HOME"):
        store_folder()
