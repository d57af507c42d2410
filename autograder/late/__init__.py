"""What handing in late costs."""
