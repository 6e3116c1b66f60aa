"""Tests of the ground floor, read as sentences."""
