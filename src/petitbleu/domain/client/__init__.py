"""What apps ask of a server: configuration, language packs, themes, and what is not offered."""
