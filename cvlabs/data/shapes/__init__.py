"""The embedded data set: ten classes of textured shapes, drawn on first use."""
