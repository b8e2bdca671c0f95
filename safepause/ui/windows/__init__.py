"""The windows of calm days, and how any window comes to the front."""
