"""What the computer offers: one room for each capability. No module here decides about a pause."""
