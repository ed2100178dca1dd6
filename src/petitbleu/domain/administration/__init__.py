"""Acts of those who run a group or channel, told to it by service messages."""
