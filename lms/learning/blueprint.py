"""The blueprint of procurement staff's pages; each module of views puts its own on it."""

from flask import Blueprint

blueprint = Blueprint("learning", __name__)
