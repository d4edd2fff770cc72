// Reads a calendar with ical.js, as Thunderbird does, and prints its entries as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , file, modules] = process.argv;
const ICAL = (await import(createRequire(`${modules}/`).resolve("ical.js"))).default;
const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const entries = [...calendar.getAllSubcomponents("vevent"), ...calendar.getAllSubcomponents("vtodo")];
const told = entries.map((entry) => {
  const start = entry.getFirstPropertyValue("dtstart") ?? entry.getFirstPropertyValue("due");
  const end = entry.getFirstPropertyValue("dtend");
  return {
    uid: entry.getFirstPropertyValue("uid"),
    summary: entry.getFirstPropertyValue("summary"),
    status: entry.getFirstPropertyValue("status"),
    sequence: entry.getFirstPropertyValue("sequence"),
    is_day: start.isDate,
    begins: start.isDate ? start.toString() : start.toJSDate().toISOString(),
    ends: end === null ? null : end.isDate ? end.toString() : end.toJSDate().toISOString(),
  };
});
console.log(JSON.stringify({ name: calendar.getFirstPropertyValue("x-wr-calname"), entries: told }));
