"""The change that a lesson asks for: who makes it, until when, and how one sees that it is made."""
