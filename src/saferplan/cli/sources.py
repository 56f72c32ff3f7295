"""saferplan sources: what we can read."""

import typer


def sources() -> None:
    """List the publishers' series that can be loaded."""
    from saferplan.sources import SOURCES

    for source in sorted(SOURCES, key=lambda each: (each.publisher, each.name)):
        typer.secho(f"{source.title} ({source.name})", bold=True)
        typer.echo(f"  {source.publisher}; {source.cadence}; {source.licence}")
        typer.echo(f"  Caution: {source.caution}")
