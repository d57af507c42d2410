"""Measurements side by side with others, one command each: `python -m benchmarks.models`."""
