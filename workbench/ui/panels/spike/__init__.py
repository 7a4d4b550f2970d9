"""The batch behind a point of the loss curve, sample by sample."""
