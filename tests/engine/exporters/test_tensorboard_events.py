"""TensorBoard's event files, read again by its own reader where that is installed."""

import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.exporters.exported_runs import context_of, own_data, record_of, record_with_weights
from workbench.engine.config.tasks import Task
from workbench.engine.errors import CancelledError, UserError
from workbench.engine.exporters.event_records import crc32c, event, first_event, read_events, records
from workbench.engine.exporters.tensorboard_events import write_tensorboard
from workbench.engine.history.records import ScheduledChange


def test_that_checksums_are_those_of_the_standard():
    # RFC 3720, B.4, and the usual check value.
    texts = [bytes(32), b"\xff" * 32, bytes(range(32)), b"123456789", b""]
    assert crc32c(texts) == [0x8A9136AA, 0x62A8AB43, 0x46DD794E, 0xE3069283, 0]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2**53),
            st.dictionaries(st.text(min_size=1, max_size=60), st.floats(width=32), min_size=1, max_size=5),
        )
    )
)
def test_that_every_event_comes_back(rows):
    content = records([first_event(1.5), *(event(1.5, step, values) for step, values in rows)])
    found = list(read_events(io.BytesIO(content), 3))
    assert [step for step, _ in found] == [step for step, _ in rows]
    for (_, values), (_, there) in zip(rows, found, strict=True):
        assert list(values) == list(there)
        assert np.array_equal(list(values.values()), list(there.values()), equal_nan=True)


@given(st.integers(0, 10**9))
def test_that_a_flipped_bit_is_noticed(place):
    content = bytearray(records([first_event(0.0), event(0.0, 3, {"a": 1.0})]))
    place %= 8 * len(content)
    content[place // 8] ^= 1 << place % 8
    with pytest.raises(ValueError, match=r"cut off|checksum"):
        list(read_events(io.BytesIO(bytes(content))))


def test_that_the_bytes_are_those_of_tensorboards_own_writer():
    # Made by tensorboard 2.21: Event(...).SerializeToString(), and RecordWriter.write(b"abc").
    made = "09000000000000f83f10ac022a1c0a080a016115000000400a100a09746573742f6c6f737315cdcccc3d"
    assert event(1.5, 300, {"a": 2.0, "test/loss": 0.1}).hex() == made
    assert first_event(0.0).hex() == "0900000000000000001a0d627261696e2e4576656e743a32"
    assert records([b"abc"]).hex() == "0300000000000000b099490e6162636e57f121"


def points_in(folder):
    """All points by tag; read by TensorBoard's own messages where they are installed."""
    (path,) = folder.iterdir()
    found = {}
    try:
        from tensorboard.compat.proto.event_pb2 import Event
    except ImportError:
        with path.open("rb") as file:
            for step, values in read_events(file):
                for tag, value in values.items():
                    found.setdefault(tag, []).append((step, value))
        return found
    content, place = path.read_bytes(), 0
    while place < len(content):
        (length,) = struct.unpack_from("<Q", content, place)
        message = Event.FromString(content[place + 12 : place + 12 + length])
        for value in message.summary.value:
            found.setdefault(value.tag, []).append((message.step, value.simple_value))
        place += length + 16
    return found


def check(record, found):
    metric, history = record.recipe.task.metric.name, record.history
    losses = history.loss.values(0, record.steps)
    assert [step for step, _ in found["training/loss"]] == list(range(record.steps))
    assert np.array_equal(np.float32([value for _, value in found["training/loss"]]), losses, equal_nan=True)
    assert len(found[f"training/{metric}"]) == len(found["learning_rate"]) == record.steps
    tests = [(each.step, np.float32(each.average_loss)) for each in history.evaluations]
    assert [(step, np.float32(value)) for step, value in found["test/loss"]] == tests
    assert len(found[f"test/{metric}"]) == len(tests)


def test_that_every_point_is_in_the_file(tiny_data, tmp_path):
    record = record_of(tiny_data, [ScheduledChange(13, "learning_rate", 0.05)])
    folder = tmp_path / "events"
    assert str(write_tensorboard(record, folder, context_of(tiny_data))) == "64 points at 20 steps"
    found = points_in(folder)
    check(record, found)
    assert [np.float32(value) for _, value in found["learning_rate"][12:14]] == [np.float32(0.001), np.float32(0.05)]


def test_that_regression_and_validation_are_in_the_file(tmp_path):
    data = own_data(Task.REGRESSION)
    record = record_with_weights(data, model="mlp-custom", loss="mse", values={"validation_share": 0.2})
    write_tensorboard(record, tmp_path / "events", context_of(data))
    found = points_in(tmp_path / "events")
    check(record, found)
    assert {"test/r2", "validation/loss", "validation/mean_absolute_error"} <= set(found)


def test_that_tensorboards_own_reader_finds_every_point(tiny_data, tmp_path):
    loading = pytest.importorskip("tensorboard.backend.event_processing.event_file_loader")
    record = record_of(tiny_data)
    write_tensorboard(record, tmp_path / "events", context_of(tiny_data))
    (path,) = (tmp_path / "events").iterdir()
    events = list(loading.LegacyEventFileLoader(str(path)).Load())
    assert sum(len(each.summary.value) for each in events) == 64
    assert events[0].file_version == "brain.Event:2"


def test_that_a_second_export_does_not_double_the_points(tiny_data, tmp_path):
    record = record_of(tiny_data)
    for _ in range(2):
        write_tensorboard(record, tmp_path / "events", context_of(tiny_data))
    assert len(list((tmp_path / "events").iterdir())) == 1


def test_that_a_file_in_the_place_of_the_folder_is_left_alone(tiny_data, tmp_path):
    (tmp_path / "events").write_text("mine")
    with pytest.raises(UserError, match="is a file"):
        write_tensorboard(record_of(tiny_data), tmp_path / "events", context_of(tiny_data))
    assert (tmp_path / "events").read_text() == "mine"


def test_that_cancelling_leaves_nothing(tiny_data, tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.engine.exporters.tensorboard_events.PIECE", 5)

    def cancel(*_):
        raise CancelledError

    with pytest.raises(CancelledError):
        write_tensorboard(record_of(tiny_data), tmp_path / "events", context_of(tiny_data, cancel))
    assert not (tmp_path / "events").exists()
