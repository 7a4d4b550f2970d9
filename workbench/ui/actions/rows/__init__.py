"""The rows of the table of actions, by the menu that they belong to."""
