"""Folders of the chat list: rules that clients apply, kept in order for all devices."""
