"""The loss as sound: its pitch, the samples of the tones, and the audio output that plays them."""
