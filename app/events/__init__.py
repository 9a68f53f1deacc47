"""The one append-only record of acts, and its deliveries to those who react."""
