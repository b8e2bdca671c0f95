"""What the `safepause` command does where no running app has answered it.

`becoming` is the way of a plain start, and of nothing else: the tray icon waits for its imports.
`asking` carries out commands: through an app that it starts, or on the data itself.
"""
