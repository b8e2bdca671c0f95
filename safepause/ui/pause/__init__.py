"""The pause window, its pages, and the cards on the other screens."""
