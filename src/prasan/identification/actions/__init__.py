"""The acts of identification: the two stages, what protects meanwhile, many at once, the field, the report."""
