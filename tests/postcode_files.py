"""Files of made-up postcodes, laid out like those of the ONS."""

from pathlib import Path

from django.core.management import call_command

ONSPD = "pcd7,pcd8,pcds,dointr,doterm,cty25cd,lad25cd"


def write(path: Path, lines, headings: str = ONSPD) -> Path:
    """A file in the layout of the ONS Postcode Directory; a line is a postcode, a code, and the month of its end."""
    rows = [headings]
    for postcode, gss, *ended in lines:
        outward, inward = postcode.split()
        rows.append(
            f"{outward:<4}{inward},{outward:<4} {inward},{postcode},198001,{''.join(ended)},E10000099,{gss}"
        )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
    return path


def load(path: Path, **options) -> None:
    call_command("load_postcodes", str(path), **{"verbosity": 0, **options})
