"""What a pause is and does: plain Python, standard library only, no Qt, no files, no words on screen."""
