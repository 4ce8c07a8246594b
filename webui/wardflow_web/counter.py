"""stub"""
from flask import Blueprint
pages = Blueprint("counter", __name__)
@pages.get("/counter")
def show() -> str: return ""
