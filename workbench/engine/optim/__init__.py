"""What is minimised and how: losses, optimizers, learning-rate schedules."""
