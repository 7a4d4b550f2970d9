"""The test samples with what the network makes of them, and one of them in detail."""
