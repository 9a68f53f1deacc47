"""The sample organisation that shows a stranger what a filled memory looks like."""
