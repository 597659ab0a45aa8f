"""``maillage`` as the shell calls it: Ctrl-C is an answer even while the rest is being loaded."""

import sys

INTERRUPTED = 130
STOPPED = "Arrêté. Rien n’est enregistré à moitié.\n"


def main() -> None:
    """Load the command line, run the command of ``sys.argv``, leave with its code."""
    try:
        from maillage.config.opening import run_command  # noqa: PLC0415 - what loads can be stopped too

        code = run_command()
    except KeyboardInterrupt:
        sys.stderr.write(STOPPED)
        code = INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    main()
