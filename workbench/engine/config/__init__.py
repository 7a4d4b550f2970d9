"""The table of hyperparameters and the registries."""
