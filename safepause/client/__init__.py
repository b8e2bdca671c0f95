"""What the `safepause` command does if no running app has answered it.

`launch` starts the app in this process. It has few imports, because the tray icon waits for them.
`remote_command` carries a command out in the app, or in this process on the data itself.
`install_desktop` is a command that this process always carries out itself.
"""
