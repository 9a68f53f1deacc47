"""Messages and how they leave."""
