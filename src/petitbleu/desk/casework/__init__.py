"""Cases, where they go, saved views of them, the letters about them, and the alarms."""
