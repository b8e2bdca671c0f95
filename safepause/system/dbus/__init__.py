"""D-Bus in the Qt event loop: messages, connections, and the two message buses of a computer."""
