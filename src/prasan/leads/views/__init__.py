"""Pages of the intake desk."""
