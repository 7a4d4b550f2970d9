"""The settings: their controls, and the panel that shows a SettingsModel in them."""
