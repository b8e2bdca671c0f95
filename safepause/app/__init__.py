"""The running program: features, built and connected.

`main` starts the program. `application` holds the list of features. Every other file is a feature,
a part of a feature, or a tool for the start (`doors`, `warm_up`, `import_hook`, `diagnostics`). The
rules are in core, the data in store, the desktop in system, and the windows in ui.
"""
