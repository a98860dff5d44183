"""Asset checks: claims about data, in sentences."""
