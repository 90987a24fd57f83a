"""Who may read and who may write: people with passwords, a token, signed sessions, protected writes."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Lock

from itsdangerous import BadSignature, URLSafeTimedSerializer

from reportedly.errors import ConfigurationError

COOKIE = "reportedly"
SESSION_SECONDS = 12 * 3600
"""How long a session holds."""
TRIES, TRIES_SECONDS = 10, 60.0
"""Most failed attempts to sign in within so many seconds, of everybody together."""
NAME_CHARACTERS = 80


class Role(StrEnum):
    """What somebody may do."""

    READER = "reader"  # look at everything, write nothing
    REVIEWER = "reviewer"  # judge as well


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the reader."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's session. person: None before anybody signed in. nonce: what its writes are bound to.

    fresh: the browser does not have it yet. by_token: the request carried the token itself, no cookie.
    """

    person: Person | None
    nonce: str
    fresh: bool = False
    by_token: bool = False

    @property
    def may_write(self) -> bool:
        """Whether this person may judge."""
        return self.person is not None and self.person.role is Role.REVIEWER


@dataclass(frozen=True, slots=True)
class Access:
    """The rules. everybody: whom a request without a session counts as, None where one must sign in.

    people: name -> (person, password). token: lets whoever knows it in as ``bearer``.
    """

    everybody: Person | None = None
    people: Mapping[str, tuple[Person, str]] = field(default_factory=dict)
    token: str | None = None
    bearer: Person = Person("token", Role.REVIEWER)


class Doorkeeper:
    """Makes and checks sessions under one set of rules; they hold as long as the key does."""

    def __init__(self, access: Access, key: bytes) -> None:
        self.access = access
        self._key = key
        self._signer = URLSafeTimedSerializer(self._key, salt="session")
        self._failures: list[float] = []
        self._lock = Lock()

    def session(self, cookie: str | None, authorization: str | None) -> Session:
        """Return the session of a request, a fresh one where it has none that holds."""
        scheme, _, credentials = (authorization or "").partition(" ")
        if scheme.lower() == "bearer" and self.knows_token(credentials.strip()):
            return Session(self.access.bearer, "", by_token=True)
        return self._opened(cookie) or self.start(self.access.everybody)

    def start(self, person: Person | None) -> Session:
        """Return a new session."""
        return Session(person, secrets.token_urlsafe(16), fresh=True)

    def cookie(self, session: Session) -> str:
        """Return what the browser keeps."""
        person = [session.person.name, session.person.role.value] if session.person else None
        signed = self._signer.dumps([person, session.nonce])
        return signed if isinstance(signed, str) else signed.decode("ascii")

    def csrf(self, session: Session) -> str:
        """Return the proof that a write comes from a page of ours, in this session."""
        return hmac.new(self._key, b"csrf:" + session.nonce.encode(), "sha256").hexdigest()

    def proves(self, session: Session, proof: str) -> bool:
        """Whether a write of ``session`` carries the right proof; one by the token needs none."""
        return session.by_token or hmac.compare_digest(self.csrf(session).encode(), proof.encode())

    def knows_token(self, token: str) -> bool:
        """Whether it is the token."""
        return self.access.token is not None and hmac.compare_digest(
            self.access.token.encode(), token.encode()
        )

    def admit(self, name: str, password: str) -> Person | None:
        """Return who signs in so, None if nobody does.

        Raises:
            PermissionError: too many failures of late; nothing was compared.
        """
        with self._lock:
            now = time.monotonic()
            self._failures = [at for at in self._failures if now - at < TRIES_SECONDS]
            if len(self._failures) >= TRIES:
                raise PermissionError
        if not name and self.knows_token(password):
            return self.access.bearer
        person, wanted = self.access.people.get(name, (None, secrets.token_urlsafe(16)))
        if hmac.compare_digest(wanted.encode(), password.encode()) and person is not None:
            return person
        with self._lock:
            self._failures.append(time.monotonic())
        return None

    def _opened(self, cookie: str | None) -> Session | None:
        if not cookie:
            return None
        try:
            person, nonce = self._signer.loads(cookie, max_age=SESSION_SECONDS)
        except BadSignature:
            return None
        return Session(Person(person[0], Role(person[1])) if person else self.access.everybody, nonce)


def people_of(path: Path) -> dict[str, tuple[Person, str]]:
    """Read a password file: a line a person, ``name role password``; role is reader or reviewer.

    Lines that are empty or begin with # do not count.

    Raises:
        ConfigurationError: with every line that is wrong; or the file cannot be read, or others can read it.
    """
    try:
        text = path.read_text(encoding="utf-8")
        open_to_others = path.stat().st_mode & 0o077
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"cannot read the password file {path}: {error}"]) from error
    if open_to_others:
        raise ConfigurationError([f"others can read the password file {path}; say: chmod 600 {path}"])
    found: dict[str, tuple[Person, str]] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, role, password = [*line.split(maxsplit=2), "", "", ""][:3]
        if role not in tuple(Role) or len(password) < 8 or name in found or len(name) > NAME_CHARACTERS:
            problems.append(
                f"line {number} of {path}: wants a new name, reader or reviewer, and 8 characters or more"
            )
            continue
        found[name] = (Person(name, Role(role)), password)
    if problems or not found:
        raise ConfigurationError(problems or [f"the password file {path} names nobody"])
    return found
