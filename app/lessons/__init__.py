"""What people learned."""
