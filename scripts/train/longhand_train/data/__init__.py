"""From recordings to batches: file formats, ink, the packed corpus and the batches that training reads."""
