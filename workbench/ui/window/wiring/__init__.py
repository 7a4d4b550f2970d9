"""Every connection of the window, grouped by sender, and the slots that join several parts."""
