"""What readers say back to a lesson: questions, the answers to them, thanks."""
