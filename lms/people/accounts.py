"""Accounts: invitations, passwords, and the log-in with its limit."""

from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select

from lms.core.database import db, writing
from lms.core.limits import exceeded, hit
from lms.people.identity import stamp_of
from lms.people.models import Account, Person

INVITATION_VALID = timedelta(days=7)
LEAST_PASSWORD = 12


class TooManyAttempts(Exception):  # noqa: N818 it is a state of affairs, not a fault
    """The log-in of this account or from this address is shut until the window is over."""


def ensure_account(person_id: int) -> Account:
    """The person's account, made if there is none; inside the caller's transaction."""
    account = db.session.scalars(select(Account).where(Account.person_id == person_id)).first()
    if account is None:
        account = Account(person_id=person_id)
        db.session.add(account)
        db.session.flush()
    return account


def invitation(account: Account) -> str:
    """A token that sets this account's password once, within seven days."""
    return _signer().dumps([account.id, stamp_of(account.password_hash)])


def invited(token: str) -> Account | None:
    """The account that a token still opens; None once it is used, changed or too old."""
    try:
        account_id, stamp = _signer().loads(token, max_age=int(INVITATION_VALID.total_seconds()))
    except (BadSignature, ValueError, TypeError):
        return None
    account = db.session.get(Account, account_id)
    return account if account is not None and stamp_of(account.password_hash) == stamp else None


def set_password(account_id: int, password: str) -> None:
    """Keep a new password; sessions that were begun under the old one end."""
    hashed = _hasher().hash(password)
    with writing():
        db.session.get_one(Account, account_id).password_hash = hashed


def authenticate(email: str, password: str, address: str) -> Person | None:
    """The person whose address and password these are, or None.

    Raises TooManyAttempts after too many failures for this account or from this network address.
    """
    email = email.strip().lower()
    keys = [f"log-in account {email}"[:200], f"log-in address {address}"[:200]]
    if exceeded(keys, current_app.config["LOG_IN_ATTEMPTS"]):
        raise TooManyAttempts
    account = db.session.scalars(
        select(Account).join(Person, Person.id == Account.person_id).where(Person.email == email)
    ).first()
    right = _matches(account.password_hash if account else None, password)
    if account is None or not right:
        for key in keys:
            hit(key)
        return None
    person = account.person
    if account.password_hash and _hasher().check_needs_rehash(account.password_hash):
        set_password(account.id, password)
    return person


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        return _hasher().verify(password_hash or _decoy(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="invitation")


def _hasher() -> PasswordHasher:
    config = current_app.config
    return _hasher_for(config["PASSWORD_COST"], config["PASSWORD_MEMORY"])


@cache
def _hasher_for(cost: int, memory: int) -> PasswordHasher:
    return PasswordHasher(time_cost=cost, memory_cost=memory, parallelism=1)


def _decoy() -> str:
    """A hash that nothing matches, so that an unknown account takes as long as a known one."""
    return _decoy_of(_hasher())


@cache
def _decoy_of(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody has this password")
