"""``python -m benchmarks``: every family without data; ``list``; ``run NAME [options]``."""

import argparse
import sys

from benchmarks.registry import Family, load


def main(arguments: list[str]) -> int:
    """Run what is asked and return the exit code."""
    families = load()
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Les mesures, à côté de leurs pairs."
    )
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("list", help="nommer les familles de mesures")
    run = commands.add_parser("run", help="en mesurer une").add_subparsers(dest="name", required=True)
    for one in families.values():
        one.options(run.add_parser(one.name, help=one.about, description=one.about))
    options = parser.parse_args(arguments)
    if options.command == "list":
        for one in families.values():
            print(f"{one.name:<16} {one.about}")
    elif options.command == "run":
        families[options.name].run(options)
    else:
        _run_all(families)
    return 0


def _run_all(families: dict[str, Family]) -> None:
    for one in families.values():
        if one.needs_data:
            print(
                f"\n## {one.name}\n\nNon mesuré : donnez --data (python -m benchmarks run {one.name} --help)."
            )
            continue
        parser = argparse.ArgumentParser()
        one.options(parser)
        one.run(parser.parse_args([]))


sys.exit(main(sys.argv[1:]))
