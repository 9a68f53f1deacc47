"""The capture coach: kind words in the margin while somebody writes. Warns, never blocks."""
