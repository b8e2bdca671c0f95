"""D-Bus: the messages, a connection in the Qt loop, and the session's bus."""
