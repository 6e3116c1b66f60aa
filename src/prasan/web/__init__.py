"""The frame that every page shares: components, forms, figures and the built style sheet."""
