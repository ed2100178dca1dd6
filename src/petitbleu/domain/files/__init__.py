"""Files: photos and documents, profile photos, sticker sets."""
