"""The running program: its parts built and connected, and which of them does what when.

`main` starts it, `program` builds and connects everything. The rest each connect one subject: the
windows, calling a pause with keys, reaching the people at its return, the log and the person's own
commands, starting with the computer. Rules are in core, files in store, the desktop in system.
"""
