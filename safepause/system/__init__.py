"""What the computer offers: one room for each capability. No module here knows what a pause is."""
