#!/usr/bin/env python3
"""Counts a recording by itself and compares that with what a server shows of it. Shares no code with the server.
check.py dossiers|readings RECORDING.ndjson http://HOST:PORT READER_TOKEN   exit code 1 when anything differs"""
import collections
import datetime as dt
import json
import sys
import urllib.parse
import urllib.request

what, recording, server, token = sys.argv[1:]
LOCAL = dt.timezone(dt.timedelta(hours=7))
REGION = "477"
ENDED, RUNNING, PAUSED = {7, 8, 9, 10}, {2, 4}, {5, 6}
PLAUSIBLE = {"water_level": (-5, 100), "rain": (0, 200)}  # thresholds.yaml
differences = 0


def get(path):
    request = urllib.request.Request(server + path, headers={"Authorization": "Bearer " + token})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def compare(name, expected, found):
    global differences
    if expected != found:
        differences += 1
        print(f"DIFFERS {name}: counted {expected}, the server says {found}")


def instant(text):
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


def day(moment):
    return moment.astimezone(LOCAL).date()


def wall(area, at):
    at = urllib.parse.quote(at.astimezone(dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    return get(f"/api/v1/areas/{area}/wall?known=now&at={at}")["data"]


def journal(kind):
    found, after = [], ""
    while True:
        page = get(f"/api/v1/events?kind={kind}&limit=1000{after}")
        if not page["events"] and after == "&after=" + page["next"]:
            return found
        found += page["events"]
        after = "&after=" + page["next"]


def read():
    events, identities, repeats, unreadable = [], set(), 0, []
    for number, line in enumerate(open(recording, encoding="utf-8"), 1):
        event = json.loads(line)
        value = event["data"].get("value", 0)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            unreadable.append((number, value))
        elif (event["source"], event["id"]) in identities:
            repeats += 1
        else:
            identities.add((event["source"], event["id"]))
            events.append(event)
    print(f"{recording}: {len(events)} events, {repeats} repeated rows, {len(unreadable)} without a number: {unreadable[:5]}")
    return events


def judge(steps):
    """One dossier: when it was received, how and when it ended, when it was due."""
    entries = []
    for step in sorted(steps, key=lambda e: (instant(e["time"]), e["id"])):
        if not entries or entries[-1]["data"]["status"] != step["data"]["status"]:
            entries.append(step)
    statuses = [entry["data"]["status"] for entry in entries]
    said = [e["data"] for e in sorted(steps, key=lambda e: (instant(e["time"]), e["id"]))]
    stated = next((instant(d["receivedAt"]) for d in reversed(said) if "receivedAt" in d), None)
    proof = next((e for e in entries if e["data"]["status"] == 2), None) or next(
        (e for e in entries if e["data"]["status"] in (4, 8, 9, 10)), None)
    received = None
    if stated is not None:
        received = stated if proof or any(s in (5, 6, 7) for s in statuses) else None
    elif proof:
        received = instant(proof["time"])
    if statuses[-1] in (1, 3):
        received = None
    end = None
    for entry in reversed(entries):
        if entry["data"]["status"] not in ENDED:
            break
        end = entry
        if entry["data"]["status"] != 10:
            break
    due = next((instant(d["dueAt"]) for d in reversed(said) if "dueAt" in d), None)
    return received, statuses[-1], end, due


def dossier_figures(events, area, at):
    by_code = collections.defaultdict(list)
    for event in events:
        if instant(event["time"]) <= at:
            by_code[event["data"]["dossier"]].append(event)
    figures, today = collections.Counter(), day(at)
    in_time = 0
    for steps in by_code.values():
        first = min(steps, key=lambda e: (instant(e["time"]), e["id"]))
        if area not in (REGION, first["area"]):
            continue
        received, status, end, due = judge(steps)
        if received is None or day(received) > today:
            continue
        ended = day(instant(end["time"])) if end else None
        figures["received"] += day(received) == today
        figures["carried"] += day(received) < today and (ended is None or ended >= today)
        figures["processing"] += ended is None
        figures["paused"] += ended is None and status in PAUSED
        figures["overdueNow"] += status in RUNNING and due is not None and day(due) < today
        if ended == today:
            kind = "closedOther" if end["data"]["status"] in (7, 8) else "done"
            figures[kind] += 1
            in_time += kind == "done" and (due is None or ended <= day(due))
    return figures, in_time


def check_dossiers(events):
    compare("events journaled", len(events), len(journal("dossier")))
    days = sorted({day(instant(event["time"])) for event in events})
    areas = [REGION] + sorted({event["area"] for event in events})
    chosen = days[:: max(1, len(days) // 40)] + [days[-1]]
    for date in chosen:
        at = dt.datetime.combine(date, dt.time(23, 59, 59), LOCAL)
        shown = wall(REGION, at)
        for area in areas:
            figures = (shown if area == REGION else shown["children"][area])["figures"]
            expected, in_time = dossier_figures(events, area, at)
            for name in ("received", "carried", "processing", "paused", "overdueNow", "done", "closedOther"):
                compare(f"{date} {area} {name}", expected[name], figures[name]["value"])
            rate = figures["onTimeRate"]
            compare(f"{date} {area} on time", (in_time, expected["done"]), (rate["numerator"], rate["denominator"]))
    print(f"{len(chosen)} days, {len(areas)} areas, 8 figures each")


def check_readings(events):
    compare("events journaled", len(events), len(journal("reading")))
    last = max(instant(event["time"]) for event in events)
    shown = wall(REGION, last)["sensors"]
    series, implausible = collections.defaultdict(dict), collections.Counter()
    for event in events:
        key = (event["source"].removeprefix("/sources/"), event["data"]["metric"])
        data = event["data"]
        metres = {"mm": 0.001, "cm": 0.01}.get(data["unit"], 1) if data["metric"] == "water_level" else 1
        value = data["value"] * metres
        low, high = PLAUSIBLE[data["metric"]]
        if low <= value <= high:
            series[key][(instant(event["time"]), event["id"])] = value
        else:
            implausible[key] += 1
    gauges = collections.Counter()
    for (source, metric), readings in sorted(series.items()):
        sensor = next((s for k, s in shown.items() if k.split(":")[0] == source and s["metric"] == metric), None)
        if sensor is None:
            compare(f"{source} {metric}", "shown", "not shown")
            continue
        newest = max(readings)
        expected = readings[newest]
        if metric == "rain":
            since = newest[0] - dt.timedelta(hours=1)
            expected = sum(value for (at, _), value in readings.items() if at > since)
        compare(f"{source} {metric} at", newest[0], instant(sensor["at"]))
        compare(f"{source} {metric}", round(expected, 3), round(sensor["value"], 3))
        gauges[metric] += 1
        gauges["silent"] += sensor["state"] == "silent"
        gauges[f"{metric}, stopped"] += (last - newest[0]).total_seconds() > 3 * 900 + 60
    print("outside the plausible range:", {f"{source} {metric}": count for (source, metric), count in implausible.items()})
    rain = sum(value for (_, metric), readings in series.items() if metric == "rain" for value in readings.values())
    journaled = sum(e["data"]["value"] for e in journal("reading") if e["data"]["metric"] == "rain" and 0 <= e["data"]["value"] <= 200)
    compare("rain of the day, mm", round(rain, 2), round(journaled, 2))
    print(dict(gauges), f"rain {rain:.1f} mm")


events = read()
{"dossiers": check_dossiers, "readings": check_readings}[what](events)
print(f"{differences} differences")
sys.exit(1 if differences else 0)
