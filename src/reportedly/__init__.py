"""reportedly: who says what, on whose word, and where those words stand."""

__version__ = "0.1.0"
