"""What supervision does, told to whoever listens."""
