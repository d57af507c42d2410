"""What students handed in: where it lies in a download, and how it is read without trusting it."""
