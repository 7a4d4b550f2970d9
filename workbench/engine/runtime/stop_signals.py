"""The signals that ask the program to end."""

from __future__ import annotations

import signal


def stop_signals() -> tuple[signal.Signals, ...]:
    """Ctrl+C, SIGTERM and, where the system has it, SIGHUP (the terminal was closed).

    A SIGHUP that is ignored already stays so: the program was started with `nohup`.
    """
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is None or signal.getsignal(hangup) is signal.SIG_IGN:
        return (signal.SIGINT, signal.SIGTERM)
    return (signal.SIGINT, signal.SIGTERM, hangup)
