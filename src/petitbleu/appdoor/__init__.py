"""The door of the web client: JSON over one WebSocket, or over POST and long poll."""
