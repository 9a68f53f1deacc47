"""Pictures and documents that hang on lessons: checked, cleaned, kept, given out."""
