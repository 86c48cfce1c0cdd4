"""YAML read safely, with the place of every key and value."""
