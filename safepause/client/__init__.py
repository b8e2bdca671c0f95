"""What the `safepause` command does if no running app has answered it.

`launch` starts the app in this process. The tray icon waits for its imports, so it has few.
`remote_command` carries out a command: the app does it, or this process does it on the data itself.
`install_desktop` is a command that this process always carries out itself.
"""
