"""The running program: features, built and connected.

`main` starts it. `application` holds the list of features. Every other file is one feature, or one
part of a feature. Rules are in core, files in store, the desktop in system, windows in ui.
"""
