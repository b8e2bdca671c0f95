"""What a pause is and does: plain Python, standard library only. No Qt, files or visible words."""
