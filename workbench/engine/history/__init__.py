"""What a run recorded, step by step (numpy only)."""
