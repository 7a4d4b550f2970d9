"""The Trainer, its loop, and going back in time."""
