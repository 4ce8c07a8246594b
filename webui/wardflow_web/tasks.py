"""stub"""
from flask import Blueprint
pages = Blueprint("tasks", __name__)
@pages.get("/cases/<code>/tasks/<task>")
def show(code: str, task: str) -> str: return ""
@pages.post("/cases/<code>/tasks/<task>")
def act(code: str, task: str) -> str: return ""
@pages.post("/cases/<code>/tasks/<task>/claim")
def claim(code: str, task: str) -> str: return ""
@pages.post("/cases/<code>/tasks/<task>/release")
def release(code: str, task: str) -> str: return ""
