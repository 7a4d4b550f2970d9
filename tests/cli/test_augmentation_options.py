import pytest

from workbench import cli


@pytest.mark.parametrize("options", [["--flip", "true"], ["--change", "1:flip=true"], ["--change", "1:rotation=30"]])
def test_that_what_changes_images_is_refused_where_the_samples_are_none(options, tmp_path, capsys):
    words = ["train", "--dataset", "moons", "--stop-after", "2", "--store", str(tmp_path), *options]
    assert cli.main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "is only for images, and these data are none: leave it out." in printed.err
