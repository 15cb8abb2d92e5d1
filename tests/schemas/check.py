"""The demonstration site and the themes against the published schemas, and files with mistakes too.

Needs jsonschema and PyYAML; `.ci/run` says so where they are missing.
"""

import datetime
import json
import pathlib
import sys
import tomllib

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs/src/schemas"


def plain(value):
    """Dates as the texts that schemas know them as."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.datetime, datetime.time)):
        return value.isoformat()
    return value


def header(text):
    """The header of a content file as a value, or None where there is none."""
    for fence, read in (("+++", tomllib.loads), ("---", yaml.safe_load)):
        lines = text.split("\n")
        if lines[0].strip() == fence and fence in [line.strip() for line in lines[1:]]:
            end = [line.strip() for line in lines[1:]].index(fence) + 1
            return read("\n".join(lines[1:end]))
    return None


def validator(name):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def main():
    config, theme, page = validator("ssg"), validator("theme"), validator("page")
    files = [(config, ROOT / "ssg.toml", None)]
    files += [(theme, file, None) for file in sorted(ROOT.glob("themes/*/theme.toml"))]
    files += [(page, file, header) for file in sorted(ROOT.glob("content/**/*.md"))]
    failures, checked = [], 0
    for schema, file, read in files:
        text = file.read_text()
        value = read(text) if read else tomllib.loads(text)
        if value is None:
            continue
        checked += 1
        for error in schema.iter_errors(plain(value)):
            failures.append(f"{file.relative_to(ROOT)}: {list(error.path)}: {error.message}")
    wrong = [
        (config, {"title": "x"}, "no base_url"),
        (config, {"title": "x", "base_url": "y", "outputs": {"achive": True}}, "an unknown key"),
        (config, {"title": "x", "base_url": "y", "feeds": {"formats": ["atum"]}}, "an unknown format"),
        (page, {"event": {"strat": "2016-05-26"}}, "an unknown key of an event"),
        (page, {"draft": "perhaps"}, "no flag"),
        (page, {"tools": {"name": 1}, "weight": "first"}, "no number"),
        (theme, {"options": {"ink": {"type": "colur"}}}, "an unknown type"),
    ]
    failures += [f"not found: {what}" for schema, value, what in wrong if schema.is_valid(value)]
    for failure in failures:
        print(failure)
    print(f"schemas: {checked} files, {len(wrong)} mistakes, {len(failures)} failures")
    return 1 if failures or checked < 60 else 0


sys.exit(main())
