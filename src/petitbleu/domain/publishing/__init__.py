"""Public channels on the web: pages, guests' comments, WebSub."""
