"""The acts of the intake desk, by what they are about."""
