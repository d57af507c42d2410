"""From a lab's source to what students get, and sample submissions made of it."""
