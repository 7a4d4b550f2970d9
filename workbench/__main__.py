"""Starts the program: `workbench`, `python -m workbench` and `python main.py` all come here."""

from __future__ import annotations

import os
import signal

SHOW_TRACEBACK = "WORKBENCH_TRACEBACK"
"""With this environment variable, an unforeseen error is shown with its traceback."""


def main() -> int:
    """Run the program and return its exit status; an unforeseen error is one sentence and status 1."""
    # Before the other imports, which take a while: until a command has its own handlers, Ctrl+C ends the process as it
    # ends a C program, at once and without a traceback, and a shell sees the status 130.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from workbench.engine.errors import say, why_ended
    from workbench.engine.runtime.standard_streams import flush_streams, prepare_streams

    prepare_streams()
    try:
        if not _has_folder():
            say("The folder in which the program was started is gone: change to another one, then start again.")
            return 2
        from workbench.app import main as run

        return run()
    except Exception as error:  # noqa: BLE001  (the last resort)
        if os.environ.get(SHOW_TRACEBACK):
            import traceback

            traceback.print_exception(error)
        say(why_ended(error))
        return 1
    finally:
        flush_streams()


def _has_folder() -> bool:
    """Whether the working folder exists; without one, the libraries of PyTorch end the process."""
    try:
        os.getcwd()  # noqa: PTH109  (no path is needed)
    except FileNotFoundError:
        return False
    except OSError:
        pass
    return True


if __name__ == "__main__":
    raise SystemExit(main())
