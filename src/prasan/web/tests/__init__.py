"""Tests of the frame that every page shares."""
