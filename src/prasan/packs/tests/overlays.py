"""Rows of an agency, laid over ours for a test."""

from pathlib import Path


def overlay(folder: Path, text: str) -> Path:
    """Write one overlay file of an agency."""
    (folder / "ours.toml").write_text(text, encoding="utf-8")
    return folder
