from __future__ import annotations

import pytest

from workbench.ui.style import resources


def test_that_a_checkout_finds_its_resources_beside_the_package(tmp_path):
    (tmp_path / "resources" / "themes").mkdir(parents=True)
    package = tmp_path / "workbench"
    assert resources.find_resource_folder(package) == tmp_path / "resources"


def test_that_an_installed_package_prefers_the_resources_inside_it(tmp_path):
    package = tmp_path / "workbench"
    (package / "resources" / "themes").mkdir(parents=True)
    (tmp_path / "resources" / "themes").mkdir(parents=True)
    assert resources.find_resource_folder(package) == package / "resources"


def test_that_a_folder_of_the_same_name_that_is_not_ours_is_passed_over(tmp_path):
    package = tmp_path / "workbench"
    (package / "resources").mkdir(parents=True)
    (tmp_path / "resources" / "themes").mkdir(parents=True)
    assert resources.find_resource_folder(package) == tmp_path / "resources"


def test_that_missing_resources_are_one_clear_sentence(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"resources are missing.*reinstall"):
        resources.find_resource_folder(tmp_path / "workbench")


def test_that_the_programs_own_resources_are_found():
    assert resources.resource_path("themes", "light.toml").is_file()
    assert resources.resource_path("icons", "app.svg").is_file()
