"""The real process: standard streams that are closed, signals at any moment, installations that are broken."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from workbench.engine.models.weights import weights_sha256

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, str(ROOT / "main.py")]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="streams, signals and limits as POSIX knows them")


def default_signals():
    """A test run may have been started with `nohup`, or in the background, and its children inherit that."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def train_words(root, *options):
    return [*PROGRAM, "train", "--data-root", str(root), "--dataset", "fashion-mnist", *map(str, options)]


def through_shell(redirection, words, **more):
    """The finished process of `words` with the shell's `redirection`."""
    command = ["bash", "-c", f'"$@" {redirection}; exit ${{PIPESTATUS[0]}}', "bash", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False, **more)


def with_broken(folder, package, line):
    """An environment in which the import of `package` fails."""
    (folder / package).mkdir(parents=True)
    (folder / package / "__init__.py").write_text(line, encoding="utf-8")
    return os.environ | {"PYTHONPATH": str(folder)}


# Standard streams.


@pytest.mark.parametrize(
    ("redirection", "epochs", "status", "words"),
    [
        (">&-", 1, 0, ""),
        ("| head -1", 1000, 1, "the output has ended"),
        ("> /dev/full", 1, 1, "No space left"),
        ("2> /dev/full", 1, 0, ""),
        ("<&- >&- 2>&-", 1, 0, ""),
    ],
)
def test_that_weights_are_written_when_a_stream_is_closed_or_full(
    tiny_root, tmp_path, redirection, epochs, status, words
):
    file, state = tmp_path / "w.pt", tmp_path / "s.ckpt"
    done = through_shell(
        redirection, train_words(tiny_root, "--epochs", epochs, "--save-weights", file, "--checkpoint", state)
    )
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert torch.load(file, weights_only=True)
    assert state.stat().st_size > 0


@pytest.mark.parametrize(
    ("words", "redirection"),
    [
        (["--help"], ">&-"),
        (["runs", "--json"], ">&-"),
        (["runs", "--json"], "> /dev/full"),
        (["--help"], "> /dev/full"),
    ],
)
def test_that_what_is_printed_into_a_closed_stream_is_no_traceback(words, redirection):
    done = through_shell(redirection, [*PROGRAM, *words])
    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_that_no_output_fails_where_the_encoding_lacks_a_character(tiny_root, tmp_path):
    environment = os.environ | {"PYTHONIOENCODING": "ascii:strict"}
    file = tmp_path / "가중치.pt"
    words = train_words(tiny_root, "--stop-after", "2", "--save-weights", file)
    done = subprocess.run(words, env=environment, capture_output=True, timeout=100, check=False)
    assert (done.returncode, file.exists()) == (0, True)
    assert b"weights saved to" in done.stderr
    bad = train_words(tiny_root, "--save-weights", tmp_path / "없는" / "w.pt")
    done = subprocess.run(bad, env=environment, capture_output=True, timeout=100, check=False)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


# Signals.


def test_that_a_closed_terminal_ends_after_the_batch_and_writes_what_was_asked_for(tiny_root, tmp_path):
    file, state = tmp_path / "w.pt", tmp_path / "s.ckpt"
    words = train_words(tiny_root, "--epochs", "1000", "--save-weights", file, "--checkpoint", state)
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=default_signals
    ) as process:
        assert process.stdout.readline() == "Epoch 1\n"
        for _ in range(3):  # the shell and the system each send one
            process.send_signal(signal.SIGHUP)
            time.sleep(0.01)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err.endswith(f"weights sha256 {weights_sha256(torch.load(file, weights_only=True))}\n")
    assert state.exists()


def test_that_nohup_keeps_the_training_going(tiny_root):
    with subprocess.Popen(
        train_words(tiny_root, "--epochs", "3"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    ) as process:
        assert process.stdout.readline() == "Epoch 1\n"
        process.send_signal(signal.SIGHUP)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.endswith("Done!\n")


@pytest.mark.parametrize(
    ("imported", "words"),
    [
        ("re", ["runs"]),
        ("argparse", ["runs"]),
        ("numpy", ["runs"]),
        ("torch", ["train", "--dataset", "fashion-mnist-mini", "--stop-after", "1"]),
        ("PySide6.QtWidgets", []),
    ],
)
def test_that_ctrl_c_while_something_is_imported_is_quiet(tmp_path, imported, words):
    # The signal comes as the module is asked for.
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal, sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {imported!r} and 'workbench' in sys.modules: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupt())\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [*PROGRAM, *words],
        env=os.environ | {"PYTHONPATH": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        preexec_fn=default_signals,
    )
    # "re" is loaded by Python itself on some systems.
    assert done.returncode in ({130, -signal.SIGINT} | ({0} if imported == "re" else set())), done.stderr
    assert "Traceback" not in done.stderr
    assert "KeyboardInterrupt" not in done.stderr


# Installations and machines.


@pytest.mark.parametrize(
    ("package", "line"),
    [
        ("torch", "raise ImportError('libtorch_cpu.so: cannot open shared object file')"),
        ("torch", "raise OSError('libcudart.so.13: wrong ELF class')"),
        ("torch", "raise ModuleNotFoundError('No module named torch', name='torch')"),
        ("numpy", "raise ImportError('numpy.core.multiarray failed to import')"),
    ],
)
def test_that_a_broken_package_is_one_sentence_that_names_it(tiny_root, tmp_path, package, line):
    done = subprocess.run(
        train_words(tiny_root),
        env=with_broken(tmp_path / "broken", package, line),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{package} cannot be loaded (")
    assert done.stderr.count("\n") == 1


def test_that_a_window_without_qt_is_one_sentence(tmp_path):
    done = subprocess.run(
        PROGRAM,
        env=with_broken(tmp_path, "PySide6", "raise ImportError('libQt6Core.so.6: version not found')")
        | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("PySide6 cannot be loaded (")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit is one of Linux")
def test_that_too_little_memory_for_torch_is_one_sentence(tiny_root):
    limit = 1_000_000_000
    done = subprocess.run(
        train_words(tiny_root),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("PyTorch does not fit into the 953 MiB")
    assert done.stderr.count("\n") == 1


def test_that_a_defect_is_one_sentence_and_its_traceback_can_be_asked_for(tmp_path):
    environment = with_broken(tmp_path, "platformdirs", "def user_data_path(*a, **k): raise KeyError('odd')")
    environment.pop("WORKBENCH_STORE", None)
    ask = {"capture_output": True, "text": True, "timeout": 100, "check": False}
    done = subprocess.run([*PROGRAM, "runs"], env=environment, **ask)
    assert done.returncode == 1
    assert done.stderr.startswith("An unexpected error occurred (KeyError: 'odd')")
    assert done.stderr.count("\n") == 1
    done = subprocess.run([*PROGRAM, "runs"], env=environment | {"WORKBENCH_TRACEBACK": "1"}, **ask)
    assert "Traceback" in done.stderr


def test_that_a_working_folder_that_is_gone_is_one_sentence(tmp_path):
    command = 'mkdir gone; cd gone; rmdir ../gone; "$@"'
    done = subprocess.run(
        ["bash", "-c", command, "bash", *PROGRAM, "train"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 2
    assert "is gone" in done.stderr
    assert done.stderr.count("\n") == 1
