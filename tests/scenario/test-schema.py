#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds data/scenario.schema.json to the input table, and the program to the schema.

test-schema.py TOOL DATA_DIR          runs the tests, prints TAP
test-schema.py TOOL DATA_DIR --write  renews the schema from the table
"""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

TOOL, DATA = sys.argv[1], pathlib.Path(sys.argv[2])
SCHEMA = DATA / "scenario.schema.json"
ARRAYS = {"workloads", "routes", "pools", "serves", "steps", "tiers", "windows", "gpus", "models",
          "provisioned"}
TEXT, NUMBER = {"type": "string"}, {"type": "number"}
# A day may go on to a time; lists date some offers by month or year only.
DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[T ])"}
AGE = {"type": "string", "pattern": "^[0-9]{4}($|-[0-9]{2}($|-[0-9]{2}($|[T ])))"}


def rows():
    out = subprocess.run([TOOL, "inputs"], check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        yield dict(zip(("pattern", "type", "minimum", "maximum", "default", "choices", "help"),
                       line.split("\t")))


def of_row(row):
    kind = row["type"]
    schema = {"description": row["help"]}
    if kind == "text":
        schema["type"] = "string"
    elif kind == "choice":
        schema["enum"] = row["choices"].split(",")
    elif kind == "boolean":
        schema["type"] = "boolean"
    else:
        schema["type"] = "integer" if kind == "whole" else "number"
        schema["minimum"] = json.loads(row["minimum"])
        schema["maximum"] = json.loads(row["maximum"])
    if row["default"] != "null":
        value = json.loads(row["default"])
        schema["default"] = (schema["enum"][value] if kind == "choice"
                             else bool(value) if kind == "boolean" else value)
    if row["pattern"].endswith("/reserved/replicas"):
        schema = {"anyOf": [schema, {"const": "best"}]}
    return schema


def place(root, row):
    node, segments = root, row["pattern"].split("/")
    for i, name in enumerate(segments):
        last = i == len(segments) - 1
        if name == "?":
            if last:  # weights of a profile
                return
            node = node["items"] if node["type"] == "array" else node["additionalProperties"]
            continue
        if last:
            node.setdefault("properties", {})[name] = of_row(row)
            continue
        child = {"type": "array", "items": {"type": "object"}} if name in ARRAYS else \
            {"type": "object"}
        if segments[i + 1] == "?" and name not in ARRAYS:
            child["additionalProperties"] = {"type": "object"}
        node = node.setdefault("properties", {}).setdefault(name, child)
        if "enum" in node:
            return


def generate():
    root = {"$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "urn:breakeven:scenario:1",
            "title": "Breakeven scenario", "type": "object", "required": ["format", "version"],
            "properties": {"format": {"const": "breakeven-scenario"},
                           "version": {"type": "integer", "minimum": 1}}}
    for row in rows():
        place(root, row)
    top = root["properties"]
    workload, pool = top["workloads"]["items"], top["pools"]["items"]
    weight = {"type": "number", "minimum": 0, "maximum": 1e9}
    workload["properties"]["profile"] = {
        "default": "flat",
        "anyOf": [workload["properties"]["profile"],
                  {"type": "array", "minItems": 168, "maxItems": 168, "items": weight}]}
    route = workload["properties"]["routing"]["properties"]["routes"]["items"]
    serves = pool["properties"]["serves"]["items"]
    for item, name in ((workload, "id"), (pool, "id"), (route, "offer"), (serves, "workload"),
                       (top["provisioned"]["items"], "id")):
        item["properties"][name] = {"type": "string", "minLength": 1}
        item["required"] = [name]
    serves["properties"]["replaces"] = {"type": "array", "items": TEXT}
    for name in ("workload", "offer"):
        top["provisioned"]["items"]["properties"][name] = TEXT
    offer = top["offers"]["additionalProperties"]
    top["pricesAsOf"]["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"  # a day alone
    for name, kind in (("asOf", AGE), ("source", TEXT), ("from", DAY), ("to", DAY),
                       ("promotionEnds", DAY)):
        offer["properties"][name] = kind
    for name, kind in (("source", TEXT), ("asOf", AGE),
                       ("entered", {"enum": ["ttftMs", "outputTokensPerSecond"]})):
        offer["properties"]["latency"]["properties"][name] = kind
    offer["properties"]["tiers"]["items"]["oneOf"] = [{"required": ["above"]},
                                                      {"required": ["atLeast"]}]
    window = offer["properties"]["windows"]["items"]["properties"]
    window["utc"] = {"type": "array", "items": {
        "type": "string", "pattern": "^[0-2]?[0-9]:[0-5]?[0-9]-[0-2]?[0-9]:[0-5]?[0-9]$"}}
    window["days"] = {"type": "array", "items": {"anyOf": [
        {"type": "integer", "minimum": 1, "maximum": 7},
        {"type": "string", "pattern": "^[A-Za-z]{3,9}$"}]}}
    offer["properties"]["rateSets"]["additionalProperties"] = {
        "$ref": "#/properties/offers/additionalProperties"}
    offer["properties"]["later"] = {"type": "array", "items": {
        "$ref": "#/properties/offers/additionalProperties"}}
    for name, key in (("gpus", "key"), ("models", "model")):
        item = top[name]["items"]
        item["properties"]["id"] = item["properties"][key] = TEXT
        item["anyOf"] = [{"required": ["id"]}, {"required": [key]}]
    top["uncertainty"] = {"type": "array", "items": {
        "type": "object", "required": ["input", "kind", "low", "high"],
        "properties": {"input": TEXT, "kind": {"enum": ["lognormal", "normal", "triangular"]},
                       "low": NUMBER, "high": NUMBER, "mode": NUMBER}}}
    top["correlations"] = {"type": "array", "items": {
        "type": "object", "required": ["a", "b", "rank"],
        "properties": {"a": TEXT, "b": TEXT,
                       "rank": {"type": "number", "minimum": -1, "maximum": 1}}}}
    top["ladder"] = {"type": "array", "items": {
        "enum": ["caching", "batch", "routing", "fineTuned", "selfHosting", "quantisation",
                 "hybrid"]}}
    bound(root)
    return root


def bound(node):
    """As many elements of one list as the program takes."""
    if isinstance(node, dict):
        if node.get("type") == "array":
            node.setdefault("maxItems", 5000)
        if "additionalProperties" in node:
            node["maxProperties"] = 5000
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        bound(child)


def written(schema):
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def change(document, path, value):
    """One broken copy: path's last member gets value."""
    broken = copy.deepcopy(document)
    node = broken
    for name in path[:-1]:
        node = node[name]
    node[path[-1]] = value
    return broken


def sites(schema, document, path=()):
    """(path, schema) of every number of the document that the schema knows."""
    if isinstance(document, dict):
        for name, value in document.items():
            known = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if isinstance(known, dict):
                yield from sites(known, value, path + (name,))
    elif isinstance(document, list):
        for i, value in enumerate(document):
            yield from sites(schema.get("items", {}), value, path + (i,))
    elif isinstance(document, (int, float)) and not isinstance(document, bool) \
            and "maximum" in schema:
        yield path, schema


def bad_documents(schema, document):
    for path, known in sites(schema, document):
        yield path, change(document, path, "1")
        yield path, change(document, path, None)
        yield path, change(document, path, known["maximum"] * 2 + 1)
        yield path, change(document, path, known["minimum"] - 0.5)
    yield ("format",), change(document, ("format",), "other")
    yield ("workloads",), change(document, ("workloads",), {})
    for day in ("+026-01-01", "  2026-1-1", "2026-W05-1", "2026-01-01T00:00"):
        yield ("pricesAsOf",), change(document, ("pricesAsOf",), day)
    for key in list(document.get("offers", {}))[:1]:
        for name, day in (("from", "2026-W05-1"), ("to", "2026-01-01x"), ("asOf", "2026-1"),
                          ("promotionEnds", "2026-01")):
            yield ("offers", key, name), change(document, ("offers", key, name), day)
    yield ("profile",), change(document, ("workloads", 0, "profile"), [1] * 167)
    yield ("weights",), change(document, ("pools", 0, "weights"), "fp3")


def verdicts(documents):
    with tempfile.TemporaryDirectory() as directory:
        names = []
        for i, document in enumerate(documents):
            names.append(f"{directory}/{i}.json")
            pathlib.Path(names[-1]).write_text(json.dumps(document))
        out = subprocess.run([TOOL, "validate", *names], check=True, capture_output=True,
                             text=True).stdout
        return [line.split("\t")[1] for line in out.splitlines()]


def main():
    schema = generate()
    if "--write" in sys.argv:
        SCHEMA.write_text(written(schema))
        return 0
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    jsonschema.Draft202012Validator.check_schema(validator.schema)
    results = [("the schema says what the table says", SCHEMA.read_text() == written(schema))]
    for file in sorted((DATA / "templates").glob("*.breakeven.json")):
        document = json.loads(file.read_text())
        results.append((f"{file.name} is valid for the schema", validator.is_valid(document)))
        results.append((f"{file.name} is valid for the program", verdicts([document]) == ["valid"]))
        bad = list(bad_documents(schema, document))
        agreed = True
        for (path, broken), verdict in zip(bad, verdicts([d for _, d in bad])):
            if verdict == "valid" or validator.is_valid(broken):
                print(f"# {file.name}: {path}: program {verdict}, schema "
                      f"{validator.is_valid(broken)}")
                agreed = False
        results.append((f"{len(bad)} bad copies of {file.name} are refused by both", agreed))
    print(f"1..{len(results)}")
    for i, (name, passed) in enumerate(results, 1):
        print(f"{'ok' if passed else 'not ok'} {i} {name}")
    return 0 if all(passed for _, passed in results) else 1


sys.exit(main())
