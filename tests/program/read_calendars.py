"""Reads calendar objects and emails with two libraries that know nothing of each other, and says what they hold.

Standard input: {"calendars": [text, ...], "emails": [text, ...], "zones": [name, ...]}. Standard output: for each
calendar and each email what icalendar and vobject found, as JSON.
"""
import email
import email.policy
import json
import sys
from datetime import timezone
from zoneinfo import ZoneInfo

import icalendar
import vobject


def instants(start, end, zones):
    walls = [start.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") for zone in zones]
    return [start.astimezone(timezone.utc).isoformat(), end.astimezone(timezone.utc).isoformat(), walls]


def by_icalendar(text, zones):
    calendar = icalendar.Calendar.from_ical(text)
    found = []
    for event in calendar.walk("VEVENT"):
        attendee = event.get("ATTENDEE")
        organizer = event.get("ORGANIZER")
        found.append({
            "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]), "title": str(event["SUMMARY"]),
            "when": instants(event["DTSTART"].dt, event["DTEND"].dt, zones), "status": str(event["STATUS"]),
            "class": str(event["CLASS"]), "href": str(event["URL"]),
            "attendee": [str(attendee), str(attendee.params["CN"])] if attendee else None,
            "organizer": [str(organizer), str(organizer.params["CN"])] if organizer else None,
            "place": "LOCATION" in event or "DESCRIPTION" in event,
        })
    return {"method": str(calendar.get("METHOD", "")), "events": found}


def by_vobject(text, zones):
    calendar = vobject.readOne(text)
    found = []
    for event in calendar.contents.get("vevent", []):
        attendee = getattr(event, "attendee", None)
        organizer = getattr(event, "organizer", None)
        found.append({
            "uid": event.uid.value, "sequence": int(event.sequence.value), "title": event.summary.value,
            "when": instants(event.dtstart.value, event.dtend.value, zones), "status": event.status.value,
            "class": event.contents["class"][0].value, "href": event.url.value,
            "attendee": [attendee.value, attendee.params["CN"][0]] if attendee else None,
            "organizer": [organizer.value, organizer.params["CN"][0]] if organizer else None,
            "place": "location" in event.contents or "description" in event.contents,
        })
    method = calendar.contents.get("method")
    return {"method": method[0].value if method else "", "events": found}


def read(text, zones):
    return [by_icalendar(text, zones), by_vobject(text, zones)]


def parts(text, zones):
    message = email.message_from_string(text, policy=email.policy.default)
    found = []
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            found.append({
                "method": part.get_param("method"), "file": part.get_filename(),
                "objects": read(part.get_content().replace("\r\n", "\n").replace("\n", "\r\n"), zones),
            })
    return {"kinds": [part.get_content_type() for part in message.walk()], "calendars": found}


asked = json.load(sys.stdin)
zones = asked["zones"]
json.dump({
    "calendars": [read(text, zones) for text in asked["calendars"]],
    "emails": [parts(text, zones) for text in asked["emails"]],
}, sys.stdout)
