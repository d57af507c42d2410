"""Weights from elsewhere: checkpoints under torch's names, read, matched and assigned."""
