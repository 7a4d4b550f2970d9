"""`python -m workbench` is the same as `python main.py`."""

from workbench.app import main

raise SystemExit(main())
