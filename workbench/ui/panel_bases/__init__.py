"""What several panels are made of: base classes that need the models. Panels never import each other."""
