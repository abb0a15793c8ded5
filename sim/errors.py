"""The one exception of bad input."""


class InputError(ValueError):
    """Something a user gave (a table, a config, an override, a stored result) is not usable.

    The message names the offender, its value and what is allowed; the command line prints it on one line and
    exits with code 2.
    """
