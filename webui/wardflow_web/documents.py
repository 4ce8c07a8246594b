"""stub"""
from flask import Blueprint
pages = Blueprint("documents", __name__)
@pages.get("/cases/<code>/documents/<document>")
def show(code: str, document: str) -> str: return ""
@pages.get("/track/<tracking>/documents/<document>")
def tracked(tracking: str, document: str) -> str: return ""
@pages.post("/cases/<code>/documents")
def attach(code: str) -> str: return ""
