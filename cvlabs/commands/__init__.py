"""The commands of `cvlabs`, a file each: what it takes, and what it does. Keras loads where it is needed."""
