"""From a digest to the deed: on the page, and from the mail by a signed link."""
