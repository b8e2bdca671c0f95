"""What the computer offers: one file a capability. Nothing here decides what a pause is."""
