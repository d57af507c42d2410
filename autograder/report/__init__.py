"""The class report, and the similar answers that it shows."""
