"""Training: recipes, data, models, the two loops, and the Trainer around them. Knows nothing of Qt."""
