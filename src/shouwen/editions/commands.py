"""`shouwen standard draft …`: commands on editions, which need the database. They join the group `standard`."""

import typer

app = typer.Typer(no_args_is_help=True)
