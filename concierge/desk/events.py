"""What happens at the desk, told to whoever listens."""
