"""Prasan: casework for multidisciplinary teams against human trafficking."""

__version__ = "0.2.0"
