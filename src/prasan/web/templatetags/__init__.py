"""Tags and filters that put the kits into our templates."""
