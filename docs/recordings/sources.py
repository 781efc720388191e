#!/usr/bin/env python3
"""Prints a sources.yaml for a recording: one sensor behind the gateway gw-recording for each source that the
shipped file lacks.   sources.py SHIPPED.yaml RECORDING.ndjson > sources.yaml"""
import json
import re
import sys

shipped, recording = sys.argv[1:]
text = open(shipped, encoding="utf-8").read().rstrip("\n")
known = set(re.findall(r"id: ([0-9A-Za-z_.-]+)", text))
areas, metrics = {}, {}
for line in open(recording, encoding="utf-8"):
    try:
        event = json.loads(line)
    except ValueError:
        continue
    source = event["source"].removeprefix("/sources/")
    areas.setdefault(source, event["area"])
    if "metric" in event["data"]:
        metrics.setdefault(source, {})[event["data"]["metric"]] = event["data"].get("unit")

print(text)
print('  - {id: gw-recording, kind: gateway, area: "19867", name: "Recording"}')
for source, area in sorted(areas.items()):
    if source not in known:
        measures = ", ".join(
            f"{{metric: {metric}, unit: {unit}, cadenceSeconds: 900}}" for metric, unit in sorted(metrics.get(source, {}).items()))
        print(f'  - {{id: {source}, kind: sensor, area: "{area}", behind: gw-recording, metrics: [{measures}]}}')
