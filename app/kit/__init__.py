"""What any web application needs and no capability owns."""
