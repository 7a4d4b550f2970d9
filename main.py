"""Runs the training workbench from a checkout."""

from workbench.__main__ import main

if __name__ == "__main__":
    raise SystemExit(main())
