"""Actions as rows, and the menus and tool bar that list them."""
