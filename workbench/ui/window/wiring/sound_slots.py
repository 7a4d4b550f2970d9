"""Connects the sound of the loss with its actions and the notices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from workbench.ui.controllers.notifications import SOUND

if TYPE_CHECKING:
    from workbench.ui.window.parts import Parts


def connect_sound(parts: Parts) -> None:
    """Let the actions switch the sound and set its volume; they say why where it cannot be heard."""
    sound, actions, notifications = parts.loss_sound, parts.actions, parts.notifications

    def show() -> None:
        actions["loss_sound"].setChecked(sound.is_on)
        parts.action_updater.refresh()

    actions["loss_sound"].triggered.connect(sound.set_on)
    actions["sound_volume"].triggered.connect(lambda: sound.ask_volume())
    sound.changed.connect(show)
    sound.failed.connect(partial(notifications.show_problem, topic=SOUND))
    sound.recovered.connect(partial(notifications.withdraw, SOUND))
