"""The pages of one version: what a process shows is of the version that it was started with."""

from contextlib import suppress
from pathlib import Path

from django.template import TemplateSyntaxError, engines
from django.template.loaders.app_directories import Loader


def load_all() -> int:
    """Read every template now, and keep it as Django keeps what it has read; how many there are.

    Else a process would read those of a newer version while an upgrade is under way, and fill them with what it knows.
    """
    engine = engines["django"].engine
    folders = [Path(folder) for folder in (*engine.dirs, *Loader(engine).get_dirs())]
    names = {
        str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*") if path.is_file()
    }
    for name in names:
        # What a library brings for parts of it that are not in use here is never asked for.
        with suppress(TemplateSyntaxError, UnicodeDecodeError):
            engine.get_template(name)
    return len(names)
