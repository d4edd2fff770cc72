"""What happened to progress links, and what came in by them."""
