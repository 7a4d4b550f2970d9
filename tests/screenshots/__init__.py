"""Makes the pictures of the READMEs from real runs in the real window: `python -m tests.screenshots`."""
