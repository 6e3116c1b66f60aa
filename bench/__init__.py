"""What is measured, against whom, and how to run it again: see README.md. Not part of the installed package."""
