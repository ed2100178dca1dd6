"""The command line (`petitbleu ...`)."""


def main() -> None:
    """Entry point of the console script."""
    from petitbleu.cli.main import cli

    cli()
