"""longhand's trainer: handwriting data, the networks, forced alignment, training, reports and export."""
