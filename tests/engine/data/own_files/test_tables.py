from __future__ import annotations

import gzip
import os
import re

import numpy as np
import pytest
import torch

from tests.engine.data.own_files import files
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataRequest, DataSource
from workbench.engine.data.datasets import OWN_FILES, load_dataset
from workbench.engine.data.own_files.reading import describe


def silent(_what, _done, _total):
    pass


def load(path, **choices):
    return load_dataset(DataRequest(OWN_FILES, source=DataSource(str(path), **choices)), None, silent)


def described(path, **choices):
    return describe(DataSource(str(path), **choices))


def written(tmp_path, text, name="table.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def notes(description):
    return [str(note) for note in description.notes]


TABLE = "a,b,species\n" + "".join(f"{n}.5,{n % 3},{'xyz'[n % 3]}\n" for n in range(12))


# What is understood


def test_that_a_header_a_delimiter_and_classes_are_found(tmp_path):
    found = described(written(tmp_path, TABLE))
    assert found.problem is None
    assert found.form == "table"
    assert found.spec.task is Task.CLASSIFICATION
    assert found.spec.class_names == ("x", "y", "z")
    assert found.spec.feature_names == ("a", "b")
    assert (found.source.delimiter, found.source.has_header, found.source.label) == (",", True, "species")
    assert (found.rows, found.train_count, found.test_count) == (12, 10, 2)
    assert [column.role for column in found.columns] == ["feature", "feature", "label"]
    assert found.example_rows[0] == ("0.5", "0", "x")
    assert sum(each.train + each.test for each in found.classes) == 12


@pytest.mark.parametrize("delimiter", ["\t", ";", "|", " "])
def test_that_another_delimiter_is_found(tmp_path, delimiter):
    path = written(tmp_path, TABLE.replace(",", delimiter), "table.tsv")
    assert described(path).source.delimiter == delimiter
    assert torch.equal(load(path).train_inputs, load(written(tmp_path, TABLE)).train_inputs)


def test_that_decimal_commas_are_read(tmp_path):
    path = written(tmp_path, TABLE.replace(",", ";").replace(".", ","))
    assert torch.equal(load(path).train_inputs, load(written(tmp_path, TABLE)).train_inputs)


@pytest.mark.parametrize(
    ("word", "encoding"), [("é", "cp1252"), ("한글", "cp949"), ("한", "utf-16"), ("é", "utf-8-sig"), ("é", "utf-8")]
)
def test_that_the_encoding_is_found(tmp_path, word, encoding):
    path = written(tmp_path, TABLE.replace("x\n", f"{word}\n"), encoding=encoding)
    found = described(path)
    assert word in found.spec.class_names
    assert found.source.encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_that_utf_16_without_a_mark_is_known(tmp_path, encoding):
    path = written(tmp_path, TABLE.replace("x", "é"), encoding=encoding)
    found = described(path)
    assert found.source.encoding == encoding
    assert found.spec.class_names == ("y", "z", "é")
    assert load(path).digest == load(written(tmp_path, TABLE.replace("x", "é"), "other.csv")).digest


def test_that_a_packed_table_is_the_same(tmp_path):
    packed = tmp_path / "table.csv.gz"
    packed.write_bytes(gzip.compress(TABLE.encode()))
    assert load(packed).digest == load(written(tmp_path, TABLE)).digest


def test_that_a_table_without_header_has_numbered_columns(tmp_path):
    found = described(written(tmp_path, TABLE.partition("\n")[2]))
    assert found.source.has_header is False
    assert found.source.label == "column 3"


def test_that_a_label_can_be_chosen_by_name_or_number(tmp_path):
    path = written(tmp_path, TABLE)
    assert described(path, label="b").spec.class_names == ("0", "1", "2")
    assert described(path, label="2").spec.class_names == ("0", "1", "2")
    assert notes(described(path, label="b")) == ["Columns of texts are left out: species."]


def test_that_numbers_with_many_values_are_a_regression_unless_the_user_says_classes(tmp_path):
    path = written(tmp_path, "x,y\n" + "".join(f"{n},{n * 2.5}\n" for n in range(30)))
    data = load(path)
    assert data.spec.task is Task.REGRESSION
    assert data.spec.target_names == ("y",)
    assert data.train_targets.shape == (24, 1)
    few = written(tmp_path, "x,y\n" + "".join(f"{n},{n % 3}\n" for n in range(30)))
    assert load(few).spec.task is Task.CLASSIFICATION
    assert load(few, task="regression").spec.task is Task.REGRESSION


def test_that_rows_with_missing_values_are_left_out_and_counted(tmp_path):
    path = written(tmp_path, TABLE.replace("\n0.5,", "\n,").replace("\n1.5,1", "\n1.5,?"))
    found = described(path)
    assert [column.missing for column in found.columns] == [1, 1, 0]
    assert notes(found) == ["2 of 12 rows are left out, because a value is missing in them."]
    assert torch.isfinite(load(path).train_inputs).all()


def test_that_an_index_as_pandas_writes_it_is_left_out(tmp_path):
    found = described(files.diabetes(tmp_path / "diabetes.csv"))
    assert found.spec.feature_names == ("age", "bmi", "bp")
    assert notes(found) == ["column 1 only counts the rows, so this column is left out."]


def test_that_a_first_line_of_scikit_learns_form_is_skipped_and_names_the_classes(tmp_path):
    for write, line, names in (
        (files.iris, "4,setosa,versicolor,virginica", ("setosa", "versicolor", "virginica")),
        (files.breast_cancer, "30,malignant,benign", ("malignant", "benign")),
    ):
        found = described(write(tmp_path / "table.csv"))
        assert found.spec.class_names == names
        (note,) = notes(found)
        assert line in note
        assert "names the classes" in note


def test_that_another_first_line_of_another_width_is_skipped(tmp_path):
    found = described(written(tmp_path, "measured in May\n" + TABLE.partition("\n")[2]))
    assert found.rows == 12
    assert notes(found) == ["The first line (measured in May) is no row and no header, so it is skipped."]


@pytest.mark.parametrize(
    ("before", "note"),
    [
        ("# measured in May\n", "The first line is a comment, so it is no row."),
        ("# measured\n#\n\n# in May, by day, twice, or so\n", "The first 3 lines are comments, so they are no rows."),
        ("% one\n% two\n", "The first 2 lines are comments, so they are no rows."),
        ("// one\n\n", "The first line is a comment, so it is no row."),
    ],
)
@pytest.mark.parametrize("has_header", [True, False])
def test_that_comments_before_the_table_are_skipped_and_counted(tmp_path, before, note, has_header):
    table = TABLE if has_header else TABLE.partition("\n")[2]
    found = described(written(tmp_path, before + table))
    assert (found.problem, found.rows, notes(found)) == (None, 12, [note])
    assert found.source.has_header is has_header
    plain = load(written(tmp_path, table, "plain.csv"))
    assert load(written(tmp_path, before + table)).digest == plain.digest


def test_that_names_in_the_last_comment_name_the_columns_as_numpy_writes_them(tmp_path):
    rows = np.column_stack([np.arange(12) * 0.5, np.arange(12), np.arange(12) % 2])
    np.savetxt(tmp_path / "table.csv", rows, delimiter=",", header="made by a program\nlength,width,kind")
    found = described(tmp_path / "table.csv")
    assert [each.name for each in found.columns] == ["length", "width", "kind"]
    assert found.rows == 12
    assert described(tmp_path / "table.csv", has_header=False).source.label == "column 3"


def test_that_a_line_of_units_below_the_names_is_no_row(tmp_path):
    header, _, rows = TABLE.partition("\n")
    found = described(written(tmp_path, f"{header}\ncm,,-\n{rows}"))
    assert (found.problem, found.rows) == (None, 12)
    assert notes(found) == ["The line below the names (cm,,-) has no number, so it is no row and is skipped."]
    problem = str(described(written(tmp_path, f"{header}\ncm,1,-\n{rows}")).problem)
    assert "Line 2 of" in problem, "a row with one wrong value is no line of units"


def test_that_rows_that_begin_like_comments_are_rows(tmp_path):
    rows = "".join(f"#{number:06x},{number},{number % 2}\n" for number in range(12))
    found = described(written(tmp_path, rows))
    assert found.rows == 12
    assert "comments" not in " ".join(notes(found))
    mixed = described(written(tmp_path, rows + rows.replace("#", "")))
    assert mixed.rows == 24


def test_that_the_head_of_a_report_is_skipped_and_a_wrong_line_is_named_by_its_number(tmp_path):
    head = "Report\n\nStation;7\nBegun;1.5.;12:00;x;y\n"
    table = TABLE.replace(",", ";")
    found = described(written(tmp_path, head + table))
    assert (found.problem, found.rows, found.source.has_header) == (None, 12, True)
    (note,) = notes(found)
    assert note.startswith("3 lines before the table, the first of which is Report, are no rows")
    problem = str(described(written(tmp_path, head + table.replace("7.5", "oops"))).problem)
    assert "Line 13 of" in problem
    problem = str(described(written(tmp_path, "# a\n\n" + TABLE.replace("7.5", "oops"))).problem)
    assert "Line 11 of" in problem


def test_that_kaggles_form_of_fashion_mnist_is_known_as_images(tmp_path):
    images = np.random.RandomState(0).randint(0, 256, (20, 784))
    head = ",".join(["label", *(f"pixel{n}" for n in range(1, 785))])
    lines = [head, *(",".join(map(str, (n % 2, *image))) for n, image in enumerate(images))]
    data = load(written(tmp_path, "\n".join(lines)))
    assert data.spec.sample_shape == (1, 28, 28)
    assert data.train_inputs.dtype is torch.uint8
    flat = {tuple(image.flatten().tolist()) for image in (*data.train_inputs, *data.test_inputs)}
    assert flat == {tuple(image.tolist()) for image in images}
    small = load(tmp_path / "table.csv", image_size=14, colour="rgb")
    assert small.train_inputs.shape == (16, 3, 14, 14)


def test_that_standardised_features_have_mean_0_and_deviation_1_of_the_training_samples(tmp_path):
    path = written(tmp_path, TABLE)
    plain, data = load(path), load(path, standardise=True)
    mean, deviation = plain.train_inputs.double().mean(0), plain.train_inputs.double().std(0, correction=0)
    expected = ((plain.test_inputs.double() - mean) / deviation).float()
    assert torch.allclose(data.test_inputs, expected)
    assert torch.allclose(data.train_inputs.mean(0), torch.zeros(2), atol=1e-6)
    assert data.digest != plain.digest


# The share for the test


def test_that_the_split_is_stratified_and_a_pure_function_of_the_seed(tmp_path):
    path = written(tmp_path, "x,y\n" + "".join(f"{n},{'aab'[n % 3]}\n" for n in range(90)))
    one, again, other = load(path), load(path), load(path, split_seed=1)
    assert one.digest == again.digest != other.digest
    assert np.bincount(one.test_targets).tolist() == [12, 6]
    together = torch.cat([one.train_inputs, one.test_inputs]).flatten().sort().values
    assert together.tolist() == list(range(90))


def test_that_a_digest_counts_content_order_and_choices(tmp_path):
    digests = {
        load(written(tmp_path, text), **choices).digest.sha256
        for text, choices in (
            (TABLE, {}),
            (TABLE.replace("11.5", "11.6"), {}),
            (TABLE.replace("species", "kind"), {}),
            (TABLE.replace("a,b,", "b,a,"), {}),
            ("".join([*TABLE.splitlines(keepends=True)[:1], *TABLE.splitlines(keepends=True)[:0:-1]]), {}),
            (TABLE, {"test_share": 0.5}),
            (TABLE, {"standardise": True}),
            (TABLE, {"label": "b"}),
        )
    }
    assert len(digests) == 7  # the name of the label is no part of a classification


# What does not fit


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("word\n", "is no table with two columns"),
        ("a,b\n", "has no column of numbers"),
        ("a,b\n1,2\n", "has fewer than two rows"),
        (TABLE + "1,2\n", "Line 14 of .* has 2 values where 3 belong"),
        (TABLE.replace("7.5", "oops"), "Line 9 of .* has 'oops' in the column a, which is no number"),
        (TABLE.replace("7.5", "1e300"), "Line 9 of .* has a number in the column a that is too large"),
        (TABLE.replace("7.5", "inf"), "Line 9 of .* has an infinite number in the column a"),
        (TABLE.replace("7.5", '"7.5'), "A quote that begins in line 9 of .* is not closed"),
        (TABLE.replace("7.5,1,y", '7.5,1,"y'), "A quote that begins in line 9 of .* is not closed"),
        (TABLE + '"' + "1,2,3\n" * 30_000, "cannot be read"),
        ("name,kind\n" + "p,q\nr,s\n" * 5, "has no column of numbers beside the label column 2"),
        ("x,kind\n" + "1,q\n" * 5, "are of one class"),
        ("x,name\n" + "".join(f"{n},n{n}\n" for n in range(50)), "has 50 different values in 50 rows"),
        ("x,y\n1,\n2,\n3,4\n", "most are missing in the column y"),
        ("a\0b,c\n1,2\n", "is no text"),
        (TABLE + "1,2,x\n" * 300 + "1\0,2,x\n", "Line 314 of .* holds a zero byte"),
        ("{}", "is JSON"),
        ("<html>", "is HTML"),
        ("x" * (1 << 23), "has more than 4,194,304 characters"),
        ("1," * 200_000 + "\n", "has 200,001 columns"),
    ],
)
def test_that_what_does_not_fit_is_answered_by_one_sentence(tmp_path, text, sentence):
    problem = described(written(tmp_path, text)).problem
    assert problem is not None
    assert re.search(sentence, str(problem))
    assert len(str(problem)) <= 300


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"label": "colour"}, "There is no column 'colour': choose one of a, b, species"),
        ({"task": "regression"}, "has texts, so it is not for regression"),
        ({"encoding": "klingon"}, "There is no encoding 'klingon'"),
        ({"encoding": "utf-16"}, "is not in the encoding utf-16"),
        ({"test_share": 1.0}, "above 0 and below 1"),
        ({"image_size": 0}, "from 1 to 1024"),
        ({"colour": "red"}, "give grey or rgb"),
    ],
)
def test_that_a_choice_that_does_not_fit_is_answered_by_one_sentence(tmp_path, choices, sentence):
    assert sentence in str(described(written(tmp_path, TABLE), **choices).problem)


def test_that_columns_are_described_even_where_the_label_is_wrong(tmp_path):
    found = described(written(tmp_path, TABLE), label="colour")
    assert [column.name for column in found.columns] == ["a", "b", "species"]


def test_that_damaged_gzip_a_missing_file_and_a_fifo_are_answered_by_one_sentence(tmp_path):
    packed = tmp_path / "table.csv.gz"
    packed.write_bytes(gzip.compress(TABLE.encode() * 1000)[:-20])
    assert "is damaged" in str(described(packed).problem)
    assert "There is no file or folder" in str(described(tmp_path / "none.csv").problem)
    os.mkfifo(tmp_path / "fifo")
    assert "is not a file" in str(described(tmp_path / "fifo").problem)


def test_that_a_parquet_file_is_read_where_pyarrow_is_installed(tmp_path):
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "table.parquet"
    columns = {"a": [n + 0.5 for n in range(12)], "b": [n % 3 for n in range(12)], "species": list("xyz" * 4)}
    parquet.write_table(pyarrow.table(columns), path)
    assert load(path).digest == load(written(tmp_path, TABLE)).digest
    path.write_bytes(path.read_bytes()[:-30] + b"x" * 26 + b"PAR1")
    assert "is damaged" in str(described(path).problem)


def test_that_a_parquet_file_without_pyarrow_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    path = written(tmp_path, "PAR1....PAR1", "table.parquet")
    assert "pip install pyarrow" in str(described(path).problem)


@pytest.mark.parametrize(
    ("header", "row", "label"),
    [
        ("größe,y,klasse", "{n},{n}.5,{word}", "klasse"),
        ("x,y,group", "{n},{n}.5,{n}", "group"),
        ("x,y", "{n},{n}.5", "y"),
        ("y,x1,x2", "{n},{n}.5,{n}", "y"),
        ("a,y,name", "{n},{n}.5,name{n}", "y"),
        ("class,a,kind", "{n},{n}.5,{word}", "class"),
    ],
)
def test_that_the_last_column_is_the_label_unless_another_is_called_so(tmp_path, header, row, label):
    rows = "".join(row.format(n=n, word="ab"[n % 2]) + "\n" for n in range(12))
    assert described(written(tmp_path, f"{header}\n{rows}")).source.label == label


def test_that_a_line_may_end_within_quotes(tmp_path):
    found = described(written(tmp_path, TABLE.replace(",x", ',"x\nx"').replace(",y", ',5" y')))
    assert found.problem is None
    assert found.spec.class_names == ('5" y', "x\nx", "z")


# Choices


def test_that_a_delimiter_a_header_and_an_encoding_can_be_chosen(tmp_path):
    path = written(tmp_path, "a^b^c\n" + "1^2^é\n3^4^y\n" * 5, encoding="cp1252")
    assert "name its delimiter (--delimiter)" in str(described(path).problem)
    found = described(path, delimiter="^", encoding="cp1252", has_header=True)
    assert found.problem is None
    assert found.spec.class_names == ("y", "é")
    assert str(described(path, delimiter="^", has_header=False).problem).startswith("Line 1 of ")


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"delimiter": ",,"}, "give one character"),
        ({"encoding": "rot13"}, "There is no encoding 'rot13'"),
        ({"colour": "rgb"}, "holds no images"),
        ({"image_size": 8}, "holds no images"),
    ],
)
def test_that_a_choice_that_means_nothing_for_a_table_is_refused(tmp_path, choice, sentence):
    assert sentence in str(described(written(tmp_path, TABLE), **choice).problem)
