"""Imports: histories from Telegram's exports become chats here."""
