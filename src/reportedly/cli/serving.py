"""The command ``serve``."""

from __future__ import annotations

import getpass
import multiprocessing
import secrets
import signal
import socket
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

import uvicorn

from reportedly.cli.asking import opened
from reportedly.cli.running import DONE, print_line, say, tree
from reportedly.errors import ConfigurationError
from reportedly.web import Access, Person, Role, Serving, create_app, people_of

if TYPE_CHECKING:
    from reportedly.cli.options import Globals, ServeOptions

LOOPBACK = ("127.0.0.1", "::1", "localhost")
HEADER_BYTES = 32 * 1024
"""Most bytes of a request's first line and headers."""
CONNECTIONS = 128
"""Most connections at once; one more is told to come again."""


def serve(common: Globals, options: ServeOptions) -> int:
    """Serve a case until interrupted."""
    settings = tree(common, problems=_problems(options))
    access = _access(options)
    opened(options.case, settings).close()
    with _listening(options.host, options.port) as listening:
        serving = _serving(options, access, listening.getsockname()[1], settings.store.busy_seconds)
        _tell(options, access, serving.port)
        if options.workers == 1:
            _run(serving, listening)
        else:
            _run_all(serving, listening, options.workers)
    return DONE


def _problems(options: ServeOptions) -> list[str]:
    guarded = options.password_file is not None or options.token
    found = []
    if options.host not in LOOPBACK and not guarded:
        found.append(f"--host {options.host} is open to other machines: give --password-file or --token")
    if guarded and options.reviewer:
        found.append("--reviewer is for where nobody signs in; people judge in the name they sign in with")
    return found


def _access(options: ServeOptions) -> Access:
    role = Role.READER if options.read_only else Role.REVIEWER
    people = people_of(options.password_file) if options.password_file else {}
    if options.read_only:
        people = {name: (Person(name, role), secret) for name, (_, secret) in people.items()}
    token = secrets.token_urlsafe(24) if options.token else None
    guarded = bool(people) or token is not None
    everybody = None if guarded else Person(options.reviewer or _user(), role)
    return Access(everybody, people, token, Person("token", role))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "reviewer"


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ConfigurationError([f"cannot listen on {host}, port {port}: {error.strerror}"]) from error


def _serving(options: ServeOptions, access: Access, port: int, busy_seconds: float) -> Serving:
    named = {name.lower() for name in options.allow_host or ()}
    return Serving(options.case, access, port, frozenset({*LOOPBACK, options.host, *named}), busy_seconds)


def _tell(options: ServeOptions, access: Access, port: int) -> None:
    host = f"[{options.host}]" if ":" in options.host else options.host
    print_line(f"{options.case.name} is at http://{host}:{port}/   (Ctrl-C stops)")
    if access.token:
        print_line(f"token: {access.token}")
    if options.host not in LOOPBACK:
        say("answers go over the network as they are: put a server with TLS before this one")


def _run_all(serving: Serving, listening: socket.socket, workers: int) -> None:
    """Answer from several processes, until interrupted or one of them ends."""
    spawning = multiprocessing.get_context("spawn")
    processes = [spawning.Process(target=_run, args=(serving, listening)) for _ in range(workers)]
    for one_signal in (signal.SIGINT, signal.SIGTERM):  # a shell's background job inherits SIGINT ignored
        signal.signal(one_signal, _interrupt)
    try:
        for one in processes:
            one.start()
        wait([one.sentinel for one in processes])
    except KeyboardInterrupt:
        pass
    finally:
        for one in processes:
            one.terminate()
        for one in processes:
            one.join()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _run(serving: Serving, listening: socket.socket) -> None:
    config = uvicorn.Config(
        create_app(serving),
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        http="h11",
        loop="asyncio",
        h11_max_incomplete_event_size=HEADER_BYTES,
        limit_concurrency=CONNECTIONS,
        proxy_headers=False,
    )
    uvicorn.Server(config).run(sockets=[listening])
