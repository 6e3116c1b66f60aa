"""The forms of identification."""
