"""The pages: `create_app(platform)` is a Flask application over a platform that `wardflow.app` put together."""

from __future__ import annotations

from flask import Flask
from wardflow.cases.platform import Platform
from wardflow.settings import SANDBOX

from wardflow_web import (
    alarms,
    api,
    authority,
    book,
    briefing,
    bulk,
    bundles,
    calendar_layers,
    cases,
    commune_offices,
    converting,
    counter,
    desk,
    documents,
    engine_rest,
    errors,
    filing,
    home,
    incidents,
    joint,
    language,
    look,
    marks,
    messages,
    migrations,
    packing,
    packs,
    paying,
    plugin_words,
    plugins,
    premises,
    procedures,
    queue,
    rates,
    reception,
    register,
    register_changes,
    register_words,
    reporting,
    returns,
    sandbox_bank,
    security,
    security_keys,
    sign_in,
    staff,
    standing,
    static_files,
    submissions,
    tasks,
    telling,
    together,
    tracking,
    visitor,
    voice,
    waiting,
    why_not,
)

__all__ = ["create_app"]

PAGES = (
    home, sign_in, desk, bulk, counter, queue, bundles, returns, book, cases, tasks, submissions, telling, together, documents, tracking, packs, register,
    calendar_layers, incidents, messages, alarms, procedures, filing, migrations, plugins, authority, staff, register_changes, why_not, briefing, standing, premises, joint,
    converting, voice, reception, commune_offices, security_keys, reporting,
)  # fmt: skip


def create_app(platform: Platform) -> Flask:
    """The application; nothing in it is global, so one process may hold several."""
    app = Flask(__name__, static_folder=None)    # static_files.py serves them
    app.extensions["wardflow"] = platform
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    language.install(app, platform)
    look.install(app)
    security.install(app, platform.settings)
    static_files.install(app)
    packing.install(app)
    rates.install(app)
    visitor.install(app)
    waiting.install(app, platform.settings.waiting_workers)
    marks.install(app, platform.settings.zone)
    register_words.install(app)
    plugin_words.install(app)
    documents.install(app)
    errors.install(app)
    for part in PAGES:
        app.register_blueprint(part.pages)
    paying.install(app)
    if platform.settings.pays_through == SANDBOX:
        app.register_blueprint(sandbox_bank.pages)
    if platform.settings.oidc_issuer:
        from wardflow_web import single_sign_on  # its libraries cost a process half a second, which only its users pay

        single_sign_on.install(app, platform.settings)
        app.register_blueprint(single_sign_on.pages)
    for other in (api.calls, engine_rest.calls):
        app.register_blueprint(other)
        # these calls carry a token and never a cookie, so nobody else's browser can be made to send them
        app.extensions["csrf"].exempt(other)
    return app
