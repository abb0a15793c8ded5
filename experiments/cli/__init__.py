"""The ``pyramid`` command: its subcommands, help, lists and completion."""
